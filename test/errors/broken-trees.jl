# SPDX-License-Identifier: MIT
# Well-formed trees with one piece broken: every piece of each in turn becomes something odd, goes away, or is there
# twice. eval, macros and functions made of such trees give a value or an error that can be caught.
# RUN: %lig --compile=min %s 2> %t | FileCheck %s
# CHECK: survived

module Sandbox
macro pass(x) esc(x) end
macro keep(x) x end
end

sources = [
    "f(x::Int, y = 2, zs...; k = 1, ks...)::Int where {T <: Any} = x",
    "function g(a, (b, c), ::Type{T}; k::Int = 3) where T; a + b; end",
    "function h end", "x -> x + 1", "(x, y; z) -> x", "function (x, y...) x end",
    "macro m(x, y...) x end",
    "struct S{T <: Real, U} <: Any; a::T; const b::U; S{T, U}(a) where {T, U} = new{T, U}(a); end",
    "mutable struct M; const a::Int; @atomic b; M(x...) = new(x...); end",
    "abstract type A{T} <: Number end", "primitive type P{T} <: Integer 32 end",
    "if a < 1; 2 elseif b; 3 else 4 end", "a ? b : c", "while x < 3; x += 1; break; continue end",
    "for i in 1:2, (a, b) in zip(c, d); i; end", "for outer i = 1:3; end",
    "let a = 1, b, f(x) = x, (c, d) = (1, 2), e::Int = 3; a end",
    "try a catch e; b finally c end", "try a catch; b else c end",
    "[x + y for x in 1:3, y in 1:x if x > y]", "Int[x for x in 1:3 for y in 2:3]", "Dict(a => b for (a, b) in c)", "f(x for x in y if z)",
    "[1 2; 3 4]", "Int[1 2; 3 4]", "[1, 2, a...]", "[1;; 2;;; 3]", "Int[1;; 2]", "(a = 1, b, c...)", "(; a, b.c, d = 3, e...)",
    "a[1, end, :, b...; k = 1]", "a[begin] += 2", "a.b.c = 3", "a.b .= c", "(a, b..., c) = d", "(; a, b) = c", "a, b[1], c.d = e",
    "a.b += 1", "a .+= b", "a::Int = 3", "const c = 3", "const a, b = 1, 2", "global a::Int = 2, b", "local a = 1, b::Int",
    "f.(x, y; k = z) .+ 1", "a .< b .<= c", "a < b < c == d", "a && b || c", "a .&& b .|| c", "a' * b", "-a + !b",
    "\"a\$(b)c\$d\"", "`ls \$a`", "r\"a\"i", "\$x + 1", ":(a + \$b)", "quote; \$(a...); b; end", ":a", ":(a.b)", "a.:b",
    "f(a, b; c = 1, d, e.f, g...) do x, y; x end", "open(f) do; 1 end", "map(do_it) do (a, b); a end",
    "a isa B{<:C, >:D}", "Vector{T} where {A <: T <: B}", "a::B{c}", "x |> y", "x => y", "a...", "A{T} = B{T}",
    "return", "return 1, 2", "begin a; b end", "(a; b)", "import A.B: c as d, e", "import A as B", "using A: b, @c", "using A, ..B.C", "import .A",
    "export a, b", "public a", "module N; a = 1; end", "baremodule O; b; end",
    "@inbounds a[1]", "@inline f(x) = x", "@simd for i in 1:3; i end", "@goto a", "@label a", "@isdefined a", "@assume_effects :total f(x) = x",
    "@boundscheck a", "@nospecialize a b", "@generated f(x) = x", "@doc \"a\" f(x) = x", "@doc a", "@ccall f(a::Int; b::Int)::Int", "@eval a = \$b",
    "@pass f(x) = x", "@keep let a = 1; a end", "@test a == b", "@show a", "@time a", "@assert a \"b\"", "@view a[1:2]", "@. a + b", "@something a b",
    "ccall(:f, Int, (Int, Int...), a, b)", "@async a", "@lock l a", "@enum E a b = 2", "@NamedTuple{a::Int, b}", "@kwdef struct K; a = 1; b::Int = 2; end",
]

pieces() = Any[nothing, 1, -1, 2.5, "text", 'c', true, false, :x, Symbol(""), Symbol("@m"), :..., :(=), :end, Int, Main, sin, 1:2, [1, 2], QuoteNode(:q), QuoteNode(1),
               QuoteNode(QuoteNode(:q)), LineNumberNode(3, :f), LineNumberNode(0), GlobalRef(Base, :sin), Expr(:block), Expr(:call), Expr(:tuple), Expr(:parameters),
               Expr(:parameters, :a, Expr(:kw, :b, 1)), :(a...), :(a::B), :(::B), Expr(:kw, :a, 1), :(a = b), :(a <: b), Expr(:<:, :a), :(a.b), :(f(x)),
               :(f(x) = y), :(x -> y), Expr(:where, :a, :b), Expr(:escape, :a), Expr(Symbol("hygienic-scope"), :a, Main), Expr(Symbol("hygienic-scope"), :a), Expr(:$, :a), Expr(:quote, :a), Expr(:meta, :inline),
               Expr(:nonsense, 1), Expr(:error, "e"), Expr(:incomplete, 1), Expr(:toplevel, :a), Expr(:macrocall), Expr(:macrocall, Symbol("@inline")),
               Expr(:macrocall, Symbol("@doc")), Expr(:macrocall, :(a.b), nothing), Expr(:outer, :i), Expr(:break), Expr(:return), Expr(:new), Expr(:new, Int, 1), Expr(:symboliclabel, 1),
               Expr(:import, 1), Expr(:local, 1), Expr(:global, :a), Expr(:const, 1), :(a, b), Expr(:(=), 1, 2)]

# All would take long: each fifth, a prime number, so that every piece has its turn.
const STEP = 5
count = Ref(0)
wraps = (identity, t -> Expr(:function, Expr(:call, :wrapped), t), t -> Expr(:let, Expr(:block), t))

function trial(tree)
    (count[] += 1) % STEP == 0 || return
    try
        Core.eval(Sandbox, wraps[count[] ÷ STEP % 3 + 1](copy_tree(tree)))
    catch e
        sprint(showerror, e)
    end
end
copy_tree(x) = x isa Expr ? Expr(x.head, map(copy_tree, x.args)...) : x

"Calls f() with each variant of the tree below `node`; the variant is in place during the call."
function each_variant(f, node)
    node isa Expr || return
    for i in eachindex(node.args)
        old = node.args[i]
        for piece in pieces()
            node.args[i] = piece
            f()
        end
        node.args[i] = old
        deleteat!(node.args, i)
        f()
        insert!(node.args, i, old)
        insert!(node.args, i, old)
        f()
        deleteat!(node.args, i)
        each_variant(f, old)
    end
    head = node.head
    for other in (:block, :call, :tuple, :curly, :where, :(=), :kw, :function, :vect, :quote, :macrocall, :., :(::))
        node.head = other
        f()
    end
    node.head = head
end

for source in sources
    tree = Meta.parse(source)
    each_variant(() -> trial(tree), tree)
end
println("survived")
