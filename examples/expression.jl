# SPDX-License-Identifier: MIT
# Arithmetic as trees: one method for each kind of node says how it is evaluated,
# differentiated, simplified and printed.
#
#     lig examples/expression.jl

abstract type Expression end

struct Const{T<:Real} <: Expression
    value::T
end

struct Var <: Expression
    name::Symbol
end

struct Apply{F,N} <: Expression
    f::F
    args::NTuple{N,Expression}
end
Apply(f, args::Expression...) = Apply{typeof(f),length(args)}(f, args)

const Sum = Apply{typeof(+),2}
const Product = Apply{typeof(*),2}
const Power = Apply{typeof(^),2}

# What a program writes: x + 2, 3x^2, sin(x).
expression(e::Expression) = e
expression(x::Real) = Const(x)
for op in (:+, :*, :^)
    @eval Base.$op(a::Expression, b::Expression) = Apply($op, a, b)
    @eval Base.$op(a::Expression, b::Real) = $op(a, expression(b))
    @eval Base.$op(a::Real, b::Expression) = $op(expression(a), b)
end
Base.:^(a::Expression, n::Integer) = Apply(^, a, Const(n)) # decides between Base's method and ours
Base.:-(a::Expression) = -1 * a
Base.:-(a::Expression, b) = a + -expression(b)
Base.sin(a::Expression) = Apply(sin, a)
Base.cos(a::Expression) = Apply(cos, a)

evaluate(c::Const, _) = c.value
evaluate(v::Var, env) = env[v.name]
evaluate(a::Apply, env) = a.f(map(x -> evaluate(x, env), a.args)...)

derive(::Const, _) = Const(0)
derive(v::Var, x) = Const(v.name === x ? 1 : 0)
derive(s::Sum, x) = derive(s.args[1], x) + derive(s.args[2], x)
derive(p::Product, x) = derive(p.args[1], x) * p.args[2] + p.args[1] * derive(p.args[2], x)
function derive(p::Power, x)
    base, exponent = p.args
    exponent isa Const || error("the exponent $exponent is no constant")
    return exponent * base^(exponent.value - 1) * derive(base, x)
end
derive(a::Apply{typeof(sin)}, x) = cos(a.args[1]) * derive(a.args[1], x)
derive(a::Apply{typeof(cos)}, x) = -sin(a.args[1]) * derive(a.args[1], x)

simplify(e::Expression) = e
simplify(a::Apply) = rule(a.f, map(simplify, a.args)...)

rule(f, args...) = Apply(f, args...)
rule(f, args::Const...) = Const(f(map(c -> c.value, args)...))
isvalue(e, x) = e isa Const && e.value == x
rule(::typeof(+), a::Const, b::Const) = Const(a.value + b.value)
rule(::typeof(+), a::Expression, b::Expression) = isvalue(a, 0) ? b : isvalue(b, 0) ? a : Apply(+, a, b)
rule(::typeof(*), a::Const, b::Const) = Const(a.value * b.value)
function rule(::typeof(*), a::Expression, b::Expression)
    (isvalue(a, 0) || isvalue(b, 0)) && return Const(0)
    isvalue(a, 1) && return b
    isvalue(b, 1) && return a
    b isa Const && return rule(*, b, a) # numbers stand in front
    a isa Const && b isa Product && b.args[1] isa Const && return rule(*, Const(a.value * b.args[1].value), b.args[2])
    return Apply(*, a, b)
end
rule(::typeof(^), a::Const, b::Const) = Const(a.value^b.value)
rule(::typeof(^), a::Expression, b::Const) = b.value == 1 ? a : b.value == 0 ? Const(1) : Apply(^, a, b)

precedence(::Expression) = 4
precedence(::Sum) = 1
precedence(::Product) = 2
precedence(::Power) = 3
part(io, e, least) = precedence(e) < least ? print(io, "(", e, ")") : print(io, e)

Base.show(io::IO, c::Const) = print(io, c.value)
Base.show(io::IO, v::Var) = print(io, v.name)
Base.show(io::IO, a::Apply) = print(io, a.f, "(", join(a.args, ", "), ")")
Base.show(io::IO, s::Sum) = print(io, s.args[1], " + ", s.args[2])
Base.show(io::IO, p::Product) = (part(io, p.args[1], 2); print(io, " * "); part(io, p.args[2], 2))
Base.show(io::IO, p::Power) = (part(io, p.args[1], 4); print(io, "^"); part(io, p.args[2], 4))

x, y = Var(:x), Var(:y)
examples = Expression[3x^2 + 2x + 1, (x + y) * (x - y), sin(x)^2 + cos(x)^2, x^3 * sin(2x), 2.5 * (3 * x), Const(7)]
for e in examples
    d = derive(e, :x)
    println(e)
    println("    at x = 2, y = 3:  ", evaluate(e, Dict(:x => 2, :y => 3)))
    println("    by x:             ", simplify(d))
    println("    at x = 0, y = 3:  ", evaluate(simplify(d), Dict(:x => 0, :y => 3)))
end
println(typeof(sin(x)), " ", examples[1] isa Sum, " ", examples[4] isa Product)
println(simplify(examples[5]), " ", 2 * (x + 1) ^ 2, " ", [x, y + 1])
try
    derive(x^y, :x)
catch e
    println(e.msg)
end
