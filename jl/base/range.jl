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
# Floats: start + i * step, with the length settled once. `stop` is kept so that the last element is what was asked for.
struct StepRangeLen{T,R,S,L<:Integer} <: AbstractRange{T}
    ref::R
    step::S
    len::L
    offset::L
    stop::R
end
struct LinRange{T,L<:Integer} <: AbstractRange{T}
    start::T
    stop::T
    len::L
end
LinRange(start, stop, len::Integer) = (T = typeof((float(stop) - float(start)) / 1); LinRange{T,typeof(len)}(convert(T, start), convert(T, stop), len))
export OneTo, UnitRange, StepRange, StepRangeLen, LinRange

(:)(a::T, b::T) where {T<:Real} = (@inline; UnitRange{T}(a, b))
(:)(a::Real, b::Real) = (:)(promote(a, b)...)
(:)(a::T, s::S, b::T) where {T<:Integer,S<:Integer} = StepRange{T,S}(a, s, b)
(:)(a::T, s::T, b::T) where {T<:AbstractFloat} = _float_range(a, s, b)
(:)(a::T, b::T) where {T<:AbstractFloat} = _float_range(a, one(T), b)
(:)(a::Integer, s::Integer, b::Integer) = (x = promote(a, b); (:)(x[1], s, x[2]))
(:)(a::Real, s::Real, b::Real) = (:)(promote(a, s, b)...)
(:)(a::T, s, b::T) where {T} = StepRange(a, s, b)
(:)(a::AbstractChar, b::AbstractChar) = StepRange(a, 1, b)
function _float_range(a::T, s::T, b::T) where {T<:AbstractFloat}
    s == 0 && throw(ArgumentError("range step cannot be zero"))
    q = (b - a) / s
    n = q < 0 ? 0 : floor(Int, q * (1 + 4 * eps(T))) + 1
    # 0.0:0.1:0.3 has four elements though 3 * 0.1 is a little too much.
    last = a + (n - 1) * s
    n > 0 && abs(last - b) <= 4 * eps(T) * max(abs(a), abs(b)) && (last = b)
    return StepRangeLen{T,T,T,Int}(a, s, n, 1, last)
end

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
_range(start, step, ::Nothing, len) = (s = start + zero(step); T = typeof(s); StepRangeLen{T,T,T,Int}(s, convert(T, step), Int(len), 1, s + (len - 1) * step))
_range(start, ::Nothing, ::Nothing, ::Nothing) = throw(ArgumentError("At least one of `length` or `stop` must be specified"))
_range(start, step, stop, len) = throw(ArgumentError("Too many arguments specified"))
function _range(start, ::Nothing, stop, len)
    len < 0 && throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): negative length")))
    T = typeof((float(stop) - float(start)) / 1)
    a, b = convert(T, start), convert(T, stop)
    return StepRangeLen{T,T,T,Int}(a, len > 1 ? (b - a) / (len - 1) : zero(T), Int(len), 1, b)
end
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
step(r::StepRangeLen) = r.step
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
length(r::UnitRange{T}) where {T<:Integer} = (@inline; Int(r.stop - r.start + one(T)))
length(r::UnitRange) = floor(Int, r.stop - r.start) + 1
length(r::StepRange) = isempty(r) ? 0 : Int(div(r.stop - r.start, r.step)) + 1
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
function _range_element(r::StepRangeLen{T}, i) where {T}
    @inline
    i == r.len && i > 1 && return convert(T, r.stop)
    # From the nearer end: the error stays below half an ulp of the step times the shorter distance.
    return 2i <= r.len ? convert(T, r.ref + (i - 1) * r.step) : _range_from_stop(r, i)
end
function _range_from_stop(r::StepRangeLen{T}, i) where {T}
    n = r.len - 1
    n == 0 && return convert(T, r.ref)
    x = r.ref + (i - 1) * r.step
    y = (r.ref * (n - (i - 1)) + r.stop * (i - 1)) / n
    # Prefer the value with the shorter decimal form of the two neighbours.
    return x == y ? convert(T, x) : convert(T, y)
end
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
    isempty(s) || (checkbounds(r, first(s)); checkbounds(r, last(s)))
    a = first(r) + (first(s) - 1)
    return a:a+(length(s)-1)
end
getindex(r::OneTo, s::OneTo) = (isempty(s) || checkbounds(r, last(s)); OneTo(s.stop))
function getindex(r::AbstractRange, s::AbstractRange{<:Integer})
    isempty(s) || (checkbounds(r, first(s)); checkbounds(r, last(s)))
    return range(isempty(s) ? first(r) : r[first(s)]; step=step(r) * step(s), length=length(s))
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
reverse(r::AbstractRange) = range(last(r); step=-step(r), length=length(r))
issorted(r::AbstractUnitRange) = true
copy(r::AbstractRange) = r
-(r::AbstractUnitRange) = -first(r):-1:-last(r)
+(r::AbstractUnitRange{<:Integer}, x::Integer) = first(r)+x:last(r)+x
sum(r::AbstractRange{<:Integer}) = (n = length(r); n == 0 ? zero(eltype(r)) : iseven(n) ? (n >> 1) * (first(r) + last(r)) : n * ((first(r) + last(r)) ÷ 2))
function intersect(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer})
    return max(first(r), first(s)):min(last(r), last(s))
end
issubset(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = isempty(r) || (first(r) >= first(s) && last(r) <= last(s))
convert(::Type{UnitRange{T}}, r::AbstractUnitRange) where {T} = UnitRange{T}(first(r), last(r))
convert(::Type{T}, r::T) where {T<:AbstractRange} = r
promote_rule(::Type{UnitRange{T}}, ::Type{UnitRange{S}}) where {T,S} = UnitRange{promote_type(T, S)}
