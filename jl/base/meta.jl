# SPDX-License-Identifier: MIT
# Meta: parsing, and questions about code as data.

module Meta
using Base: AbstractString
struct ParseError <: Exception
    msg
    detail # :incomplete when the text ends too early
end
ParseError(msg) = ParseError(msg, nothing)
function parse(text::AbstractString, pos::Integer; greedy::Bool=true, raise::Bool=true, filename="none")
    raise && return Core._parse(Base.String(text), Base.Int(pos), greedy)
    try
        return Core._parse(Base.String(text), Base.Int(pos), greedy)
    catch err
        return Expr(err isa ParseError && err.detail === :incomplete ? :incomplete : :error, err), Base.ncodeunits(text) + 1
    end
end
function parse(text::AbstractString; raise::Bool=true, filename="none")
    ex, next = parse(text, 1; greedy=true, raise=raise)
    ex isa Expr && (ex.head === :error || ex.head === :incomplete) && return ex
    rest = Base.strip(Base.SubString(text, Base.min(next, Base.ncodeunits(text) + 1), Base.lastindex(text)))
    (Base.isempty(rest) || Base.startswith(rest, '#')) || !raise && return Expr(:error, "extra token after end of expression")
    (Base.isempty(rest) || Base.startswith(rest, '#')) || throw(ParseError("extra token after end of expression"))
    return ex
end
parseall(text::AbstractString; filename="none") = Core._parse_all(Base.String(text), Base.String(filename))
parseatom(text::AbstractString, pos::Integer; filename="none") = parse(text, pos; greedy=false)
lower(m::Module, x) = Core._lower(m, x)
quot(x) = Expr(:quote, x)
isexpr(x, head::Symbol) = x isa Expr && x.head === head
isexpr(x, heads) = x isa Expr && x.head in heads
isexpr(x, head, n::Base.Int) = isexpr(x, head) && Base.length(x.args) == n
show_sexpr(x) = show_sexpr(Base.stdout, x)
show_sexpr(io::IO, x) = Base.print(io, Core._sexpr(x))
isidentifier(s) = Base.isidentifier(s)
isoperator(s) = Base.isoperator(s)
isunaryoperator(s) = Base.String(s) in ("+", "-", "!", "~", "¬", "√", "∛", "∜", "<:", ">:", "&", "::", "\$", "⋆", "±", "∓")
isbinaryoperator(s) = isoperator(s) && !(Base.String(s) in ("!", "¬", "√", "∛", "∜"))
dump(x) = Base.dump(x)
unblock(x) = isexpr(x, :block) && Base.count(a -> !(a isa LineNumberNode), x.args) == 1 ? unblock(x.args[Base.findfirst(a -> !(a isa LineNumberNode), x.args)]) : x
unescape(x) = isexpr(x, :escape) ? x.args[1] : x
end
esc(x) = Expr(:escape, x)
export Meta
const ParseError = Meta.ParseError # the engine throws it by this name
