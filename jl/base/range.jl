# SPDX-License-Identifier: MIT
# Ranges: 1:n, 1:2:n, 0.0:0.1:1.0, range(...).

struct OneTo{T<:Integer} <: AbstractUnitRange{T}
    stop::T
    OneTo{T}(stop) where {T<:Integer} = new(max(zero(T), convert(T, stop)))
end
OneTo(stop::T) where {T<:Integer} = OneTo{T}(stop)
OneTo(r::AbstractUnitRange) = OneTo(last(r))
struct UnitRange{T<:Real} <: AbstractUnitRange{T}
    start::T
    stop::T
    # An empty range ends just before it starts, whatever was asked for.
    UnitRange{T}(start::T, stop::T) where {T<:Real} = (@inline; new(start, _unit_last(start, stop)))
end
UnitRange{T}(start, stop) where {T<:Real} = UnitRange{T}(convert(T, start), convert(T, stop))
UnitRange(start::T, stop::T) where {T<:Real} = UnitRange{T}(start, stop)
UnitRange(start, stop) = UnitRange(promote(start, stop)...)
UnitRange{T}(r::AbstractUnitRange) where {T<:Real} = UnitRange{T}(first(r), last(r))
UnitRange(r::AbstractUnitRange) = UnitRange(first(r), last(r))
_unit_last(start::T, stop::T) where {T<:Integer} = (@inline; ifelse(stop >= start, stop, start - one(T)))
_unit_last(start::T, stop::T) where {T<:Real} = stop >= start ? start + floor(stop - start) : start - oneunit(T)
struct StepRange{T,S} <: OrdinalRange{T,S}
    start::T
    step::S
    stop::T
    StepRange{T,S}(start, step, stop) where {T,S} = (start = convert(T, start); step = convert(S, step); new(start, step, _step_last(start, step, convert(T, stop))))
end
StepRange(start::T, step::S, stop::T) where {T,S} = StepRange{T,S}(start, step, stop)
function _step_last(start::T, step, stop) where {T}
    step == zero(step) && throw(ArgumentError("step cannot be zero"))
    step == step || throw(ArgumentError("step cannot be NaN"))
    stop == start && return stop
    if (step > zero(step)) != (stop > start)
        return start - _step_unit(start, step)
    end
    return stop - _step_rem(start, step, stop)
end
_step_unit(start::Integer, step) = step > 0 ? one(start) : -one(start)
_step_unit(start, step) = step
_step_rem(start::Integer, step::Integer, stop::Integer) = convert(typeof(stop), rem(stop - start, step))
_step_rem(start, step, stop) = rem(stop - start, step)
# A float as the unevaluated sum of two: elements of a range are computed with twice the bits and rounded once, so that
# (0.0:0.1:1.0)[4] is 0.3.
struct TwicePrecision{T}
    hi::T
    lo::T
end
TwicePrecision{T}(x) where {T} = TwicePrecision{T}(convert(T, x), zero(T))
_two_sum(a::T, b::T) where {T} = (s = a + b; v = s - a; TwicePrecision{T}(s, (a - (s - v)) + (b - v)))
_quotient(a::T, b::T) where {T} = (q = a / b; TwicePrecision{T}(q, isfinite(q) ? fma(-q, b, a) / b : zero(T)))
_quotient(a::TwicePrecision{T}, b::T) where {T} = (q = a.hi / b; TwicePrecision{T}(q, isfinite(q) ? (fma(-q, b, a.hi) + a.lo) / b : zero(T)))
function _times(k::T, x::TwicePrecision{T}) where {T}
    p = k * x.hi
    return TwicePrecision{T}(p, fma(k, x.hi, -p) + k * x.lo)
end
_times(k, x) = k * x
function _plus(a::TwicePrecision{T}, b::TwicePrecision{T}) where {T}
    s = _two_sum(a.hi, b.hi)
    return _two_sum(s.hi, s.lo + (a.lo + b.lo))
end
_value(x::TwicePrecision) = x.hi + x.lo
_value(x) = x
show(io::IO, x::TwicePrecision) = print(io, typeof(x), "(", x.hi, ", ", x.lo, ")")
# Elements ref + (i - offset) * step.
struct StepRangeLen{T,R,S,L<:Integer} <: AbstractRange{T}
    ref::R
    step::S
    len::L
    offset::L
end
StepRangeLen(ref, step, len::Integer, offset::Integer=1) = (T = typeof(ref + zero(step)); StepRangeLen{T,typeof(ref),typeof(step),Int}(ref, step, len, offset))
_twice_range(ref::TwicePrecision{T}, step::TwicePrecision{T}, len) where {T} = StepRangeLen{T,TwicePrecision{T},TwicePrecision{T},Int}(ref, step, len, 1)
struct LinRange{T,L<:Integer} <: AbstractRange{T}
    start::T
    stop::T
    len::L
    LinRange{T,L}(start, stop, len) where {T,L<:Integer} = new(start, stop, len)
end
show(io::IO, r::LinRange{T}) where {T} = (print(io, "LinRange{", T, "}("); show(io, r.start); print(io, ", "); show(io, r.stop); print(io, ", ", r.len, ")"))
LinRange{T}(start, stop, len::Integer) where {T} = LinRange{T,Int}(convert(T, start), convert(T, stop), Int(len))
LinRange(start, stop, len::Integer) = (T = typeof((float(stop) - float(start)) / 1); LinRange{T,typeof(len)}(convert(T, start), convert(T, stop), len))
export UnitRange, StepRange, StepRangeLen, LinRange

(:)(a::T, b::T) where {T<:Real} = (@inline; UnitRange{T}(a, b))
(:)(a::Real, b::Real) = (:)(promote(a, b)...)
(:)(a::T, s::S, b::T) where {T<:Integer,S<:Integer} = StepRange{T,S}(a, s, b)
(:)(a::T, s::T, b::T) where {T<:AbstractFloat} = _float_range(a, s, b)
(:)(a::T, b::T) where {T<:AbstractFloat} = _float_range(a, one(T), b)
(:)(a::Integer, s::Integer, b::Integer) = (x = promote(a, b); (:)(x[1], s, x[2]))
(:)(a::Real, s::Real, b::Real) = (:)(promote(a, s, b)...)
(:)(a::T, s, b::T) where {T} = StepRange(a, s, b)
(:)(a::AbstractChar, b::AbstractChar) = StepRange(a, 1, b)
# Where start and step are short fractions, 1/10 say, all elements are fractions with one denominator.
function _float_range(a::T, s::T, b::T) where {T<:AbstractFloat}
    s == 0 && throw(ArgumentError("range step cannot be zero"))
    isfinite(a) && isfinite(s) || return _plain_float_range(a, s, b)
    an, ad = _short_fraction(a)
    sn, sd = _short_fraction(s)
    (ad == 0 || sd == 0) && return _plain_float_range(a, s, b)
    den = lcm(ad, sd)
    limit = maxintfloat(T)
    (abs(a * den) < limit && abs(s * den) < limit && abs(b * den) < limit && den < limit) || return _plain_float_range(a, s, b)
    first, step = round(Int, a * den), round(Int, s * den)
    n = fld(_floor_towards(b * den, step) - first, step) + 1
    d = T(den)
    return _twice_range(_quotient(T(first), d), _quotient(T(step), d), max(n, 0))
end
# A stop that is a multiple of the denominator but for rounding counts as one.
_floor_towards(x, step) = (r = round(x); abs(x - r) <= 4 * eps(max(abs(x), one(x))) ? Int(r) : step > 0 ? floor(Int, x) : ceil(Int, x))
function _plain_float_range(a::T, s::T, b::T) where {T}
    q = (b - a) / s
    n = q < 0 ? 0 : isfinite(q) ? round(Int, q) + 1 : throw(ArgumentError("range length is not finite"))
    last = a + (n - 1) * s
    n > 0 && (a < b < last || a > b > last) && (n -= 1)
    return _twice_range(TwicePrecision{T}(a), TwicePrecision{T}(s), n)
end
# x as a fraction of small integers that divides to x exactly, by continued fractions; (0, 0) if there is none.
function _short_fraction(x::T) where {T}
    n0, d0, n1, d1 = 0, 1, 1, 0
    y = x
    for _ in 1:20
        abs(y) < 1.0e9 || return (0, 0)
        k = round(Int, y)
        n0, d0, n1, d1 = n1, d1, k * n1 + n0, k * d1 + d0
        (abs(n1) > 1 << 30 || abs(d1) > 1 << 20) && return (0, 0)
        T(n1) / T(d1) == x && return d1 < 0 ? (-n1, -d1) : (n1, d1)
        y == k && return (0, 0)
        y = 1 / (y - k)
    end
    return (0, 0)
end
maxintfloat(::Type{Float64}) = 9007199254740992.0
maxintfloat(::Type{Float32}) = 1.6777216f7
maxintfloat(::Type{Float16}) = Float16(2048)
maxintfloat(x::T) where {T<:AbstractFloat} = maxintfloat(T)
maxintfloat() = maxintfloat(Float64)
export maxintfloat

range(start; stop=nothing, length=nothing, step=nothing) = _range(start, step, stop, length)
range(start, stop; length=nothing, step=nothing) = _range(start, step, stop, length)
range(start, stop, length) = _range(start, nothing, stop, length)
range(; start=nothing, stop=nothing, length=nothing, step=nothing) =
    start === nothing ? (stop === nothing || length === nothing ? OneTo(length === nothing ? stop : length) :
        _range(stop - (length - 1) * (step === nothing ? 1 : step), step, nothing, length)) : _range(start, step, stop, length)
_range(start, ::Nothing, stop, ::Nothing) = start:stop
_range(start, step, stop, ::Nothing) = start:step:stop
_range(start, ::Nothing, ::Nothing, len) = start:oftype(start, start + len - 1)
_range(start::Integer, step::Integer, ::Nothing, len) = start:step:start+(len-1)*step
_range(start, step, ::Nothing, len) = _range_of_length(start + zero(step), step, Int(len))
_range_of_length(start::T, step, n) where {T<:IEEEFloat} = _stretched(_float_range(start, convert(T, step), start + (n - 1) * convert(T, step)), start, convert(T, step), n)
_range_of_length(start::T, step, n) where {T} = StepRangeLen{T,T,typeof(step),Int}(start, step, n, 1)
# The length is given: rounding of the stop must not change it.
_stretched(r::StepRangeLen{T}, start, step, n) where {T} = StepRangeLen{T,TwicePrecision{T},TwicePrecision{T},Int}(
    length(r) > 0 ? r.ref : TwicePrecision{T}(start), length(r) > 0 ? r.step : TwicePrecision{T}(step), n, 1)
_range(start, ::Nothing, ::Nothing, ::Nothing) = throw(ArgumentError("At least one of `length` or `stop` must be specified"))
_range(start, step, stop, len) = throw(ArgumentError("Too many arguments specified"))
function _range(start, ::Nothing, stop, len)
    len < 0 && throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): negative length")))
    T = typeof((float(stop) - float(start)) / 1)
    return _linear_range(convert(T, start), convert(T, stop), Int(len))
end
function _linear_range(a::T, b::T, n::Int) where {T<:IEEEFloat}
    n == 1 && (a == b || throw(ArgumentError("endpoints differ")))
    n <= 1 && return _twice_range(TwicePrecision{T}(a), TwicePrecision{T}(b - a), n)
    return _twice_range(TwicePrecision{T}(a), _quotient(_two_sum(b, -a), T(n - 1)), n)
end
_linear_range(a::T, b::T, n::Int) where {T} = StepRangeLen{T,T,T,Int}(a, n > 1 ? (b - a) / (n - 1) : zero(b - a), n, 1)
export range

first(r::OneTo{T}) where {T} = one(T)
first(r::UnitRange) = r.start
first(r::StepRange) = r.start
first(r::StepRangeLen) = _range_element(r, 1)
first(r::LinRange) = r.start
last(r::OneTo) = r.stop
last(r::UnitRange) = r.stop
last(r::StepRange) = r.stop
last(r::StepRangeLen) = _range_element(r, r.len)
last(r::LinRange) = r.stop
step(r::AbstractUnitRange{T}) where {T} = oneunit(T)
step(r::StepRange) = r.step
step(r::StepRangeLen) = _value(r.step)
step(r::LinRange) = (r.stop - r.start) / max(r.len - 1, 1)
minimum(r::AbstractUnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : first(r)
maximum(r::AbstractUnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : last(r)
minimum(r::AbstractRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : min(first(r), last(r))
maximum(r::AbstractRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : max(first(r), last(r))
extrema(r::AbstractRange) = (minimum(r), maximum(r))
export step

isempty(r::AbstractUnitRange) = first(r) > last(r)
isempty(r::StepRange) = (r.start != r.stop) & ((r.step > zero(r.step)) != (r.stop > r.start))
isempty(r::StepRangeLen) = r.len == 0
isempty(r::LinRange) = r.len == 0
length(r::OneTo) = Int(r.stop)
length(r::UnitRange{T}) where {T<:Integer} = (@inline; _unit_length(r.start, r.stop))
_unit_length(a::T, b::T) where {T<:Union{Int64,UInt64,Int128,UInt128}} = (@inline; Int(b - a + one(T)))
_unit_length(a::Integer, b::Integer) = (@inline; Int(b) - Int(a) + 1)
length(r::UnitRange) = floor(Int, r.stop - r.start) + 1
length(r::StepRange) = isempty(r) ? 0 : _steps(r.start, r.step, r.stop)
_steps(a, s, b) = Int(div(b - a, s)) + 1
_steps(a::Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}, s::Integer, b) = div(Int(b) - Int(a), Int(s)) + 1
length(r::StepRangeLen) = Int(r.len)
length(r::LinRange) = Int(r.len)
size(r::AbstractRange) = (length(r),)
axes(r::AbstractRange) = (OneTo(length(r)),)
firstindex(r::AbstractRange) = 1
lastindex(r::AbstractRange) = length(r)

iterate(r::OneTo{T}) where {T} = (@inline; r.stop < one(T) ? nothing : (one(T), one(T)))
iterate(r::UnitRange) = (@inline; r.start > r.stop ? nothing : (r.start, r.start))
iterate(r::AbstractUnitRange{T}, i) where {T} = (@inline; i == last(r) ? nothing : (y = convert(T, i + oneunit(T)); (y, y)))
iterate(r::AbstractUnitRange) = isempty(r) ? nothing : (first(r), first(r))
iterate(r::StepRange) = (@inline; isempty(r) ? nothing : (r.start, r.start))
iterate(r::StepRange{T}, i) where {T} = (@inline; i == r.stop ? nothing : (y = convert(T, i + r.step); (y, y)))
iterate(r::AbstractRange) = (@inline; isempty(r) ? nothing : (_range_element(r, 1), 2))
iterate(r::AbstractRange, i) = (@inline; i > length(r) ? nothing : (_range_element(r, i), i + 1))

_range_element(r::AbstractUnitRange{T}, i) where {T} = (@inline; convert(T, first(r) + (i - 1)))
_range_element(r::StepRange{T}, i) where {T} = (@inline; convert(T, r.start + (i - 1) * r.step))
_range_element(r::StepRangeLen{T}, i) where {T} = (@inline; convert(T, _element_at(r.ref, r.step, i - r.offset)))
_element_at(ref::TwicePrecision{T}, step::TwicePrecision{T}, k) where {T} = (@inline; _value(_plus(ref, _times(T(k), step))))
_element_at(ref, step, k) = ref + k * step
function _range_element(r::LinRange{T}, i) where {T}
    n = max(r.len - 1, 1)
    t = (i - 1) / n
    return convert(T, (1 - t) * r.start + t * r.stop)
end
function getindex(r::AbstractRange, i::Integer)
    @inline
    @boundscheck 1 <= i <= length(r) || throw(BoundsError(r, i))
    return _range_element(r, i)
end
getindex(r::AbstractRange, i::Bool) = throw(ArgumentError(string("invalid index: ", i, " of type Bool")))
function getindex(r::AbstractUnitRange, s::AbstractUnitRange{<:Integer})
    checkbounds(r, s)
    a = first(r) + (first(s) - 1)
    return a:a+(length(s)-1)
end
getindex(r::OneTo, s::OneTo) = (isempty(s) || checkbounds(r, last(s)); OneTo(s.stop))
function getindex(r::AbstractRange, s::AbstractRange{<:Integer})
    checkbounds(r, s)
    return _sub_range(r, s)
end
_sub_range(r, s) = range(isempty(s) ? first(r) : r[first(s)]; step=step(r) * step(s), length=length(s))
function _sub_range(r::StepRangeLen{T,R,S}, s) where {T,R<:TwicePrecision,S}
    isempty(s) && return StepRangeLen{T,R,S,Int}(r.ref, r.step, 0, 1)
    return StepRangeLen{T,R,S,Int}(_plus(r.ref, _times(T(first(s) - r.offset), r.step)), _times(T(step(s)), r.step), length(s), 1)
end
getindex(r::AbstractRange, ::Colon) = r
in(x::Real, r::AbstractUnitRange{<:Integer}) = isinteger(x) & (first(r) <= x) & (x <= last(r))
in(x::Integer, r::AbstractUnitRange{<:Integer}) = (@inline; (first(r) <= x) & (x <= last(r)))
in(x::Real, r::StepRange{<:Real}) = isinteger(x) && !isempty(r) && minimum(r) <= x <= maximum(r) && mod(convert(eltype(r), x) - first(r), step(r)) == 0
in(x::Char, r::StepRange{Char}) = !isempty(r) && minimum(r) <= x <= maximum(r) && mod(x - first(r), step(r)) == 0
==(r::AbstractRange, s::AbstractRange) =
    (n = length(r); n == length(s) && (n == 0 || (first(r) == first(s) && (n == 1 || (step(r) == step(s) && last(r) == last(s))))))
reverse(r::AbstractUnitRange) = last(r):-1:first(r)
reverse(r::StepRange) = last(r):-step(r):first(r)
reverse(r::AbstractRange) = r[length(r):-1:1]
reverse(r::LinRange) = LinRange(last(r), first(r), length(r))
issorted(r::AbstractUnitRange) = true
copy(r::AbstractRange) = r
-(r::AbstractUnitRange) = -first(r):-1:-last(r)
-(r::OrdinalRange) = -first(r):-step(r):-last(r)
-(r::StepRangeLen{T,R,S,L}) where {T,R,S,L} = StepRangeLen{T,R,S,L}(_negated(r.ref), _negated(r.step), r.len, r.offset)
-(r::LinRange) = LinRange(-r.start, -r.stop, r.len)
_negated(x) = -x
_negated(x::TwicePrecision{T}) where {T} = TwicePrecision{T}(-x.hi, -x.lo)
# A range shifted or stretched by a number stays a range.
_shifted(r, x) = range(first(r) + x; step=step(r), length=length(r))
_shifted(r::StepRangeLen{T,R}, x::T) where {T<:IEEEFloat,R<:TwicePrecision} = _twice_range(_plus(_plus(r.ref, _times(T(1 - r.offset), r.step)), TwicePrecision{T}(x)), r.step, r.len)
_shifted(r::OrdinalRange{T}, x::T) where {T<:Integer} = (first(r) + x):step(r):(last(r) + x)
_stretched_by(r, x) = range(first(r) * x; step=step(r) * x, length=length(r))
_stretched_by(r::StepRangeLen{T,R}, x::T) where {T<:IEEEFloat,R<:TwicePrecision} = _twice_range(_times(x, r.ref), _times(x, r.step), r.len)
_stretched_by(r::LinRange, x) = LinRange(r.start * x, r.stop * x, r.len)
_as_number(r, x) = oftype(first(r) + x, x)
+(r::AbstractRange{<:Number}, x::Number) = _shifted(r, eltype(r) <: AbstractFloat && x isa Real ? _as_number(r, x) : x)
+(x::Number, r::AbstractRange{<:Number}) = r + x
-(r::AbstractRange{<:Number}, x::Number) = r + (-x)
*(r::AbstractRange{<:Number}, x::Number) = _stretched_by(r, eltype(r) <: AbstractFloat && x isa Real ? _as_number(r, x) : x)
*(x::Number, r::AbstractRange{<:Number}) = r * x
/(r::AbstractRange{<:Number}, x::Number) = range(first(r) / x, last(r) / x; length=length(r))
+(r::OrdinalRange{<:Integer}, s::OrdinalRange{<:Integer}) = (_same_shape(r, s); range(first(r) + first(s); step=step(r) + step(s), length=length(r)))
-(r::OrdinalRange{<:Integer}, s::OrdinalRange{<:Integer}) = (_same_shape(r, s); range(first(r) - first(s); step=step(r) - step(s), length=length(r)))
mod(i::Integer, r::AbstractUnitRange{<:Integer}) = mod(i - first(r), length(r)) + first(r)
+(r::AbstractUnitRange{<:Integer}, x::Integer) = first(r)+x:last(r)+x
# In the type that sums of such elements have. Halving comes before multiplying, so that only a sum that does not fit wraps.
function sum(r::AbstractRange{T}) where {T<:Integer}
    n = length(r)
    isempty(r) && return reduce_empty(add_sum, T)
    a, s = _first_value(add_sum, first(r)), _first_value(add_sum, last(r))
    iseven(n) && return oftype(a, n >>> 1) * (a + s)
    return oftype(a, n) * ((a >> 1) + (s >> 1) + (a & s & one(a))) # both odd or both even
end
function intersect(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer})
    return max(first(r), first(s)):min(last(r), last(s))
end
issubset(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = isempty(r) || (first(r) >= first(s) && last(r) <= last(s))
convert(::Type{UnitRange{T}}, r::AbstractUnitRange) where {T} = UnitRange{T}(first(r), last(r))
convert(::Type{T}, r::T) where {T<:AbstractRange} = r
convert(::Type{OneTo{T}}, r::OneTo) where {T} = OneTo{T}(r.stop)
convert(::Type{StepRange{T,S}}, r::OrdinalRange) where {T,S} = StepRange{T,S}(first(r), step(r), last(r))
convert(::Type{StepRangeLen{T,R,S,L}}, r::AbstractRange) where {T,R,S,L} = range(convert(T, first(r)); step=convert(T, step(r)), length=length(r))
convert(::Type{LinRange{T,L}}, r::AbstractRange) where {T,L} = LinRange{T}(first(r), last(r), length(r))
promote_rule(::Type{UnitRange{T}}, ::Type{UnitRange{S}}) where {T,S} = UnitRange{promote_type(T, S)}
promote_rule(::Type{UnitRange{T}}, ::Type{R}) where {T,R<:AbstractUnitRange} = UnitRange{promote_type(T, eltype(R))}
promote_rule(::Type{OneTo{T}}, ::Type{OneTo{S}}) where {T,S} = OneTo{promote_type(T, S)}
promote_rule(::Type{StepRange{T,S}}, ::Type{StepRange{U,V}}) where {T,S,U,V} = StepRange{promote_type(T, U),promote_type(S, V)}
promote_rule(::Type{StepRange{T,S}}, ::Type{R}) where {T,S,R<:AbstractUnitRange} = promote_rule(StepRange{T,S}, StepRange{eltype(R),eltype(R)})
_float_range(::Type{T}) where {T} = typeof(one(T):one(T):one(T))
promote_rule(::Type{<:StepRangeLen{T}}, ::Type{<:StepRangeLen{S}}) where {T,S} = _float_range(promote_type(T, S))
promote_rule(::Type{<:StepRangeLen{T}}, ::Type{R}) where {T,R<:OrdinalRange} = _float_range(promote_type(T, eltype(R)))
promote_rule(::Type{LinRange{T,L}}, ::Type{LinRange{S,K}}) where {T,L,S,K} = LinRange{promote_type(T, S),promote_type(L, K)}
promote_rule(::Type{LinRange{T,L}}, ::Type{R}) where {T,L,R<:OrdinalRange} = LinRange{promote_type(T, eltype(R)),L}
