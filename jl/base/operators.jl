# SPDX-License-Identifier: MIT
# Comparison and the operators that are defined through others.

!(f::Function) = ComposedFunction(!, f)
struct ComposedFunction{O,I} <: Function
    outer::O
    inner::I
end
(c::ComposedFunction)(x...; kw...) = c.outer(c.inner(x...; kw...))
∘(f) = f
∘(f, g) = ComposedFunction(f, g)
∘(f, g, h...) = ∘(f ∘ g, h...)
|>(x, f) = f(x)
# Takes its arguments as one collection: splat(+)((1, 2)).
struct Splat{F} <: Function
    f::F
end
(s::Splat)(args) = s.f(args...)
splat(f) = Splat(f)
export ∘, |>, ComposedFunction, splat

==(x, y) = x === y
!=(x, y) = !(x == y)
const ≠ = !=
!==(x, y) = !(x === y)
const ≢ = !==
const ≡ = ===
isequal(x, y) = (x == y)::Bool
isequal(x) = Fix2(isequal, x)
isless(x::Real, y::Real) = x < y
<(x, y) = isless(x, y)
>(x, y) = y < x
<=(x, y) = x < y || x == y
>=(x, y) = y <= x
const ≤ = <=
const ≥ = >=
isunordered(x) = false
isunordered(x::AbstractFloat) = isnan(x)
isgreater(x, y) = isunordered(x) || isunordered(y) ? isless(x, y) : isless(y, x)
cmp(x, y) = isless(x, y) ? -1 : ifelse(isless(y, x), 1, 0)
cmp(x::Integer, y::Integer) = ifelse(isless(x, y), -1, ifelse(isless(y, x), 1, 0))
export ==, !=, ≠, !==, ≢, ≡, isequal, isless, <, >, <=, >=, ≤, ≥, cmp, isunordered

max(x, y) = ifelse(isless(y, x), x, y)
min(x, y) = ifelse(isless(y, x), y, x)
minmax(x, y) = isless(y, x) ? (y, x) : (x, y)
export max, min, minmax

# One argument fixed: `==(3)`, `in(xs)`, `startswith("a")`.
struct Fix1{F,T} <: Function
    f::F
    x::T
end
(f::Fix1)(y) = f.f(f.x, y)
struct Fix2{F,T} <: Function
    f::F
    x::T
end
(f::Fix2)(y) = f.f(y, f.x)
==(x) = Fix2(==, x)
!=(x) = Fix2(!=, x)
<(x) = Fix2(<, x)
>(x) = Fix2(>, x)
<=(x) = Fix2(<=, x)
>=(x) = Fix2(>=, x)
in(x) = Fix2(in, x)
in(x, itr) = _in(x, itr)
function _in(x, itr)
    anymissing = false
    for y in itr
        v = y == x
        if v === missing
            anymissing = true
        elseif v
            return true
        end
    end
    return anymissing ? missing : false
end
const ∈ = in
∋(itr, x) = in(x, itr)
∉(x, itr) = !in(x, itr)
∌(itr, x) = !∋(itr, x)
export in, ∈, ∋, ∉, ∌

# Associative operators with more than two arguments.
+(x) = x
*(x) = x
(&)(x::Integer) = x
(|)(x::Integer) = x
xor(x::Integer) = x
+(a, b, c, xs...) = _foldl_args(+, +(+(a, b), c), xs...)
*(a, b, c, xs...) = _foldl_args(*, *(*(a, b), c), xs...)
(&)(a, b, c, xs...) = _foldl_args(&, (a & b) & c, xs...)
(|)(a, b, c, xs...) = _foldl_args(|, |(|(a, b), c), xs...)
xor(a, b, c, xs...) = _foldl_args(xor, xor(xor(a, b), c), xs...)
min(a, b, c, xs...) = _foldl_args(min, min(min(a, b), c), xs...)
max(a, b, c, xs...) = _foldl_args(max, max(max(a, b), c), xs...)
_foldl_args(op, a) = a
_foldl_args(op, a, b) = op(a, b)
_foldl_args(op, a, b, c) = op(op(a, b), c)
function _foldl_args(op, a, b, c, xs...)
    acc = op(op(a, b), c)
    for x in xs
        acc = op(acc, x)
    end
    return acc
end
const ⊻ = xor
nand(x...) = ~(&)(x...)
nor(x...) = ~(|)(x...)
const ⊼ = nand
const ⊽ = nor
\(x, y) = adjoint(adjoint(y) / adjoint(x))
\(x::Number, y::Number) = y / x
<<(x::Integer, c::Integer) = typemin(Int) <= c <= typemax(Int) ? x << (c % Int) : zero(x)
>>(x::Integer, c::Integer) = x >> (c % Int)
>>>(x::Integer, c::Integer) = x >>> (c % Int)
widen(x::Number) = convert(widen(typeof(x)), x)
adjoint(x::Number) = conj(x)
transpose(x::Number) = x
export +, *, &, |, xor, ⊻, nand, nor, ⊼, ⊽, \, //, <<, >>, >>>, widen, adjoint, transpose
export !, -, /, ~, %, ^, div, rem, mod

(>:)(a, b) = b <: a
export >:, ===, <:, isa
