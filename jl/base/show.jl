# SPDX-License-Identifier: MIT
# show of everyday values, as source text that would give them back. The stream's :typeinfo says what the reader knows already.

show(x) = show(stdout, x)
print(x::AbstractString) = @lock _console_lock print(stdout, x)
_typeinfo(io::IO) = get(io, :typeinfo, Any)
function _show_result(x)
    show(stdout, x)
    println()
    return nothing
end
export show

show(io::IO, ::Nothing) = print(io, "nothing")
print(io::IO, ::Nothing) = (write(io, "nothing"); nothing)
show(io::IO, ::Missing) = print(io, "missing")
show(io::IO, ::UndefInitializer) = print(io, "UndefInitializer(): array initializer with undefined values")
show(io::IO, ::Colon) = print(io, "Colon()")
show(io::IO, ::Val{x}) where {x} = (print(io, "Val{"); show(io, x); print(io, "}()"))
show(io::IO, x::Bool) = print(io, _typeinfo(io) === Bool ? (x ? "1" : "0") : (x ? "true" : "false"))
show(io::IO, x::Union{Int8,Int16,Int32,Int64,Int128}) = (write(io, string(x)); nothing)
show(io::IO, x::Integer) = (write(io, string(x)); nothing)
show(io::IO, x::Union{UInt8,UInt16,UInt32,UInt64,UInt128}) = (write(io, "0x", string(x; base=16, pad=2 * sizeof(x))); nothing)
show(io::IO, p::Ptr{T}) where {T} = print(io, typeof(p), " @0x", string(UInt64(p); base=16, pad=16))
show(io::IO, x::Some) = (print(io, "Some("); show(io, x.value); print(io, ")"))

show(io::IO, ::Irrational{name}) where {name} = print(io, name)
show(io::IO, ::MIME"text/plain", x::Irrational{name}) where {name} =
    get(io, :compact, false)::Bool ? print(io, name) : print(io, name, " = ", string(Float64(x))[1:15], "...")

# --- Floats
function _float_text(x::Float64, out::Ptr{UInt8})
    return Int(ccall(:jl_float64_text, Csize_t, (Cdouble, Ptr{UInt8}), x, out))
end
function _show_float(io::IO, x::Float64)
    out = _string_alloc(48)
    unsafe_write(io, pointer(out), UInt(_float_text(x, pointer(out))))
    return nothing
end
function _show_float(io::IO, x::Float32, literal::Bool)
    out = _string_alloc(48)
    n = ccall(:jl_float32_text, Csize_t, (Cfloat, Ptr{UInt8}, Cint), x, pointer(out), literal)
    unsafe_write(io, pointer(out), UInt(n))
    return nothing
end
function _float16_string(x::Float16)
    out = _string_alloc(48)
    n = ccall(:jl_float16_text, Csize_t, (UInt16, Ptr{UInt8}), reinterpret(UInt16, x), pointer(out))
    return _string_from_pointer(pointer(out), Int(n))
end
print(io::IO, x::Float64) = get(io, :compact, false)::Bool ? _show_compact(io, x) : _show_float(io, x)
show(io::IO, x::Float64) = print(io, x)
print(io::IO, x::Float32) = get(io, :compact, false)::Bool ? _show_compact(io, x) : _show_float(io, x, false)
show(io::IO, x::Float32) =
    get(io, :compact, false)::Bool ? _show_compact(io, x) : _show_float(io, x, _typeinfo(io) !== Float32)
print(io::IO, x::Float16) = print(io, _float16_string(x))
show(io::IO, x::Float16) = _typeinfo(io) === Float16 || get(io, :compact, false)::Bool ? print(io, x) :
    isnan(x) ? print(io, "NaN16") : isinf(x) ? print(io, x < 0 ? "-Inf16" : "Inf16") : print(io, "Float16(", _float16_string(x), ")")
string(x::Float32) = sprint(print, x)
string(x::Float16) = _float16_string(x)

# Six significant digits, for matrices.
function _show_compact(io::IO, x::Union{Float32,Float64})
    (isfinite(x) && x != 0) || return x isa Float64 ? _show_float(io, x) : _show_float(io, x, false)
    digits = _memory(UInt8, 24)
    exponent = RefValue{Cint}(0)
    n = x isa Float64 ?
        ccall(:jl_float64_digits, Cint, (Cdouble, Ptr{UInt8}, Ptr{Cint}), abs(x), pointer(digits), exponent) :
        ccall(:jl_float32_digits, Cint, (Cfloat, Ptr{UInt8}, Ptr{Cint}), abs(x), pointer(digits), exponent)
    value = 0
    for i in 1:min(Int(n), 6)
        value = 10value + Int(_mget(digits, i) - 0x30)
    end
    e = Int(exponent.x)
    kept = min(Int(n), 6)
    if n > 6
        value += _mget(digits, 7) >= 0x35
        if value == 1000000
            value = 100000
            e += 1
        end
    end
    text = string(value)
    while kept > 1 && value % 10 == 0
        value = div(value, 10)
        kept -= 1
    end
    text = string(value)
    x < 0 && print(io, '-')
    return _print_scientific(io, text, e)
end
# d.ddd * 10^e with the digits of `text`.
function _print_scientific(io::IO, text::String, e::Int)
    n = ncodeunits(text)
    if -5 < e < 0
        print(io, "0.", repeat("0", -e - 1), text)
    elseif 0 <= e < 6
        n <= e + 1 ? print(io, text, repeat("0", e + 1 - n), ".0") : print(io, text[1:e+1], '.', text[e+2:end])
    else
        print(io, text[1:1], '.', n == 1 ? "0" : text[2:end], 'e', e)
    end
    return nothing
end

# --- Characters, strings, symbols
function show(io::IO, c::Char)
    print(io, '\'')
    c == '\'' || c == '\\' ? print(io, '\\', c) : _escape_char(io, c, 'x', (), ())
    print(io, '\'')
    return nothing
end
function show(io::IO, ::MIME"text/plain", c::AbstractChar)
    show(io, c)
    get(io, :compact, false)::Bool && return nothing
    ismalformed(c) && return print(io, ": Malformed UTF-8 (category Ma: Malformed, bad data)")
    u = codepoint(c)
    print(io, ": ", isascii(c) ? "ASCII/" : "", "Unicode U+", uppercase(string(u; base=16, pad=4)), " (category ", category_abbrev(c),
        ": ", category_string(c), ")")
    return nothing
end
function show(io::IO, s::AbstractString)
    print(io, '"')
    escape_string(io, s, "\"\$")
    print(io, '"')
    return nothing
end
show(io::IO, s::CodeUnits) = (print(io, "codeunits("); show(io, s.s); print(io, ")"))
show(io::IO, ::MIME"text/plain", s::AbstractString) = show(io, s)
function _is_identifier(s::String)
    isempty(s) && return false
    s in ("true", "false") && return false
    atfirst = true
    for c in s
        ismalformed(c) && return false
        ok = atfirst ? ccall(:jl_is_identifier_start, UInt8, (UInt32,), codepoint(c)) : ccall(:jl_is_identifier_char, UInt8, (UInt32,), codepoint(c))
        ok == 0 && return false
        atfirst = false
    end
    return true
end
const _OPERATORS = " + - * / \\ ^ % ÷ & | ⊻ ~ ! << >> >>> == != < > <= >= === !== ≤ ≥ ≠ ∈ ∉ ∋ ∌ ⊆ ⊇ ⊈ ⊉ ⊊ ⊋ ∪ ∩ ∘ √ ∛ ≈ ≉ => |> <| : // ⊼ ⊽ <: >: ≡ ≢ && || = += -= *= /= -> ++ ⋅ × ± ∓ .. isa in where "
isoperator(s::Symbol) = isoperator(String(s))
isoperator(s::AbstractString) = !isempty(s) && occursin(string(" ", startswith(s, '.') && s != ".." ? chopprefix(s, ".") : s, " "), _OPERATORS)
isidentifier(s) = _is_identifier(String(s))
const _KEYWORDS = " baremodule begin break catch const continue do else elseif end export false finally for function global if import let local macro module quote return struct true try using while "
_is_keyword(s::String) = occursin(string(" ", s, " "), _KEYWORDS)
# A name where syntax takes one: f, +, var"a b".
function show_sym(io::IO, s::Symbol; allow_macroname::Bool=false)
    text = String(s)
    if (_is_identifier(text) && !_is_keyword(text)) || isoperator(text) || (allow_macroname && startswith(text, '@'))
        print(io, text)
    else
        print(io, "var", repr(text))
    end
    return nothing
end
const _QUOTED_SYMBOLS = (:(:), :(::), :(:=), :(=), :(==), :(===), :(=>))
function show(io::IO, s::Symbol)
    text = String(s)
    if s in _QUOTED_SYMBOLS
        print(io, ":(", text, ")")
    elseif _is_identifier(text) || isoperator(text)
        print(io, ':', text)
    else
        print(io, "Symbol(")
        show(io, text)
        print(io, ")")
    end
    return nothing
end

# --- Expressions
# Values inside an expression that are no syntax stand as names of their own while it is written out.
_is_syntax(x) = x isa Union{Symbol,Expr,QuoteNode,LineNumberNode,String,Bool,Nothing,Int64,Float64,Float32,UInt8,UInt16,UInt32,UInt64}
_hide_values(x, values) = _is_syntax(x) ? x : (push!(values, x); Symbol("ʬ", length(values), "ʬ"))
_hide_values(x::QuoteNode, values) = _is_syntax(x.value) ? x : _hide_values(x.value, values)
_hide_values(e::Expr, values) = Expr(e.head, Any[_hide_values(a, values) for a in e.args]...)
function _expr_text(e)
    values = Any[]
    text = Core._unparse(_hide_values(e, values))::String
    for i in 1:length(values)
        text = replace(text, string("ʬ", i, "ʬ") => repr(values[i]))
    end
    return text
end
print(io::IO, e::Union{Expr,QuoteNode}) = print(io, _expr_text(e))
show(io::IO, e::Expr) = _show_quoted(io, e)
show(io::IO, q::QuoteNode) = _show_quoted(io, q)
show(io::IO, n::LineNumberNode) = print(io, ":(#= ", n.file === nothing ? "none" : n.file, ":", n.line, " =#)")
function show(io::IO, g::GlobalRef)
    print(io, g.mod, isoperator(g.name) ? ".:" : ".")
    show_sym(io, g.name)
end
function _show_quoted(io::IO, e)
    text = _expr_text(e)
    if e isa Expr && e.head === :block && startswith(text, "begin")
        print(io, "quote", text[6:end])
    else # inside the parentheses blocks stand two columns further right
        print(io, ":(", replace(text, "\n" => "\n  "), ")")
    end
    return nothing
end

# --- Types, functions, modules
print(io::IO, T::Type) = (write(io, _type_string(T)); nothing)
show(io::IO, T::Type) = (write(io, _type_string(T)); nothing)
_type_string(T) = ccall(:jl_type_string, Any, (Any, Any), T, Main)::String
string(T::Type) = _type_string(T)
show(io::IO, v::TypeVar) = print(io, v.lb === Union{} ? "" : string(v.lb, "<:"), v.name, v.ub === Any ? "" : string("<:", v.ub))
show(io::IO, v::Core.TypeofVararg) = print(io, _type_string(v))
function show(io::IO, m::Module)
    print(io, m === Main ? "Main" : ccall(:jl_module_path, Any, (Any,), m)::String)
end
print(io::IO, m::Module) = show(io, m)
function _is_module_binding(f)
    mod = ccall(:jl_function_module, Any, (Any,), f)
    name = ccall(:jl_function_name, Any, (Any,), f)::Symbol
    return mod isa Module && isdefined(mod, name) && getglobal(mod, name) === f
end
function show(io::IO, f::Function)
    name = ccall(:jl_function_name, Any, (Any,), f)::Symbol
    mod = ccall(:jl_function_module, Any, (Any,), f)
    if get(io, :compact, false)::Bool || f isa Core.Builtin
        print(io, name)
    elseif _is_module_binding(f)
        if !(mod === Main || mod === Core || ccall(:jl_is_exported, UInt8, (Any, Any), mod, name) != 0)
            print(io, mod, ".")
        end
        show_sym(io, name; allow_macroname=true)
    else
        _show_struct(io, f)
    end
    return nothing
end
# Without its module; of an anonymous function the name alone.
function print(io::IO, f::Function)
    name = ccall(:jl_function_name, Any, (Any,), f)::Symbol
    startswith(String(name), '#') || _is_module_binding(f) ? print(io, name) : show(io, f)
    return nothing
end
function show(io::IO, ::MIME"text/plain", f::Function)
    get(io, :compact, false)::Bool && return show(io, f)
    name = String(ccall(:jl_function_name, Any, (Any,), f)::Symbol)
    f isa Core.Builtin && return print(io, name, " (built-in function)")
    n = length(Core._methods(f, nothing))
    shown = _is_module_binding(f) || startswith(name, '#') ? name : string("(::", typeof(f), ")")
    print(io, shown, " (", startswith(name, '@') ? "macro" : "generic function", " with ", n, n == 1 ? " method)" : " methods)")
    return nothing
end
# `!f` when ! comes last; operators and compositions to the right in parentheses.
function show(io::IO, c::ComposedFunction)
    c.outer === (!) && return (print(io, '!'); _show_composed(io, c.inner))
    c.outer isa ComposedFunction ? show(io, c.outer) : _show_composed(io, c.outer)
    print(io, " ∘ ")
    _show_composed(io, c.inner)
end
function _show_composed(io::IO, f)
    parens = f isa ComposedFunction ? f.outer !== (!) : f isa Function && isoperator(nameof(f))
    parens && print(io, '(')
    show(io, f)
    parens && print(io, ')')
    return nothing
end
show(io::IO, ::MIME"text/plain", c::ComposedFunction) = show(io, c)
show(io::IO, ::MIME"text/plain", s::Splat) = show(io, s)
show(io::IO, f::Fix2) = _show_struct(io, f)
show(io::IO, f::Fix1) = _show_struct(io, f)
function show(io::IO, m::Method)
    print(io, ccall(:jl_method_string, Any, (Any,), m)::String, "\n     @ ", m.module, " ", m.file, ":", m.line)
end
show(io::IO, v::Core.SimpleVector) = (print(io, "svec("); join(io, (repr(x) for x in v), ", "); print(io, ")"))

# --- Any other object: Point(1, 2)
show(io::IO, x) = _show_struct(io, x)
show_default(io::IO, x) = _show_struct(io, x)
function _show_struct(io::IO, @nospecialize(x))
    T = typeof(x)
    show(io, T)
    print(io, '(')
    n = nfields(x)
    if n == 0 && Core.sizeof(x) > 0 && ccall(:jl_is_primitive_type, UInt8, (Any,), T) != 0
        print(io, "0x")
        p = Ptr{UInt8}(pointer_from_objref(x))
        for i in Core.sizeof(x):-1:1
            print(io, string(unsafe_load(p, i); base=16, pad=2))
        end
    elseif _is_being_shown(io, x)
        print(io, _circular_mark(io, x))
    else
        inner = _shown(io, x)
        for i in 1:n
            i > 1 && print(io, ", ")
            isdefined(x, i) ? show(inner, getfield(x, i)) : print(io, "#undef")
        end
    end
    print(io, ')')
    return nothing
end
# Mutable objects that are being shown, so that an object which holds itself does not go on for ever.
_shown(io::IO, @nospecialize(x)) = IOContext(io, ImmutableDict{Symbol,Any}(ImmutableDict{Symbol,Any}(_properties(io), :SHOWN_SET, x), :typeinfo, Any))
function _shown_depth(io::IO, @nospecialize(x))
    depth = 0
    d = _properties(io)
    while d.parent !== nothing
        if d.key === :SHOWN_SET
            depth += 1
            d.value === x && return depth
        end
        d = d.parent
    end
    return 0
end
_is_being_shown(io::IO, @nospecialize(x)) = ismutable(x) && _shown_depth(io, x) > 0
_circular_mark(io::IO, @nospecialize(x)) = string("#= circular reference @-", _shown_depth(io, x), " =#")
# Where the elements of a collection are shown; `implicit`: their type has been printed, or goes without saying.
_inside(io::IO, @nospecialize(x), implicit::Bool) = implicit ? IOContext(io, :SHOWN_SET => x) : IOContext(io, :SHOWN_SET => x, :typeinfo => eltype(x))

# --- Tuples, pairs
_field_info(T, i::Int) = T isa DataType && T <: Tuple && i <= fieldcount(T) ? fieldtype(T, i) : Any
function show(io::IO, @nospecialize(t::Tuple))
    info = _typeinfo(io)
    print(io, '(')
    n = length(t)
    for i in 1:n
        i > 1 && print(io, ", ")
        show(IOContext(io, :typeinfo => _field_info(info, i)), t[i])
    end
    print(io, n == 1 ? ",)" : ')')
    return nothing
end
function show(io::IO, @nospecialize(t::NamedTuple))
    isempty(t) && return print(io, "NamedTuple()")
    names = keys(t)
    info = _typeinfo(io)
    print(io, '(')
    for i in 1:length(names)
        i > 1 && print(io, ", ")
        show_sym(io, names[i])
        print(io, " = ")
        show(IOContext(io, :typeinfo => info isa DataType && info <: NamedTuple && isconcretetype(info) ? fieldtype(info, i) : Any), t[i])
    end
    print(io, length(names) == 1 ? ",)" : ')')
    return nothing
end
_needs_parens(x) = x isa Pair || (x isa Function && isoperator(string(x)))
function show(io::IO, @nospecialize(p::Pair))
    info = _typeinfo(io)
    if typeof(p) !== Pair{typeof(p.first),typeof(p.second)} && info !== typeof(p)
        return _show_struct(io, p)
    end
    known = info === typeof(p)
    for i in 1:2
        inner = IOContext(io, :typeinfo => known ? fieldtype(typeof(p), i) : Any)
        v = getfield(p, i)
        parens = _needs_parens(v)
        parens && print(io, '(')
        show(inner, v)
        parens && print(io, ')')
        i == 1 && print(io, get(io, :compact, false)::Bool ? "=>" : " => ")
    end
    return nothing
end
show(io::IO, r::AbstractUnitRange) = (show(io, first(r)); print(io, ':'); show(io, last(r)))
show(io::IO, r::OneTo) = print(io, "Base.OneTo(", r.stop, ")")
show(io::IO, r::AbstractRange) = (show(io, first(r)); print(io, ':'); show(io, step(r)); print(io, ':'); show(io, last(r)))
show(io::IO, c::CartesianIndices) = (print(io, "CartesianIndices("); show(io, map(r -> r isa OneTo ? last(r) : r, c.indices)); print(io, ')'))
show(io::IO, i::CartesianIndex) = (print(io, "CartesianIndex"); show(io, i.I))
show(io::IO, ::MIME"text/plain", r::AbstractRange) = show(io, r)
