# SPDX-License-Identifier: MIT
# Broadcasting: `f.(x, y .+ z)` becomes a tree of Broadcasted that runs in one loop. Where only arrays and numbers of Base
# take part, that loop is here; any other style is asked by similar, copyto! and copy.

module Broadcast
using Base: OneTo, tail, promote_op, promote_typejoin, CartesianIndex, CartesianIndices, RefValue, AbstractRange, BitArray
import Base: axes, size, length, eltype, ndims, iterate, getindex, eachindex, similar, convert, copy, copyto!

include("broadcast_styles.jl")

# axes: nothing until someone says them. Style Nothing: the destination decides.
struct Broadcasted{Style,Axes,F,Args<:Tuple}
    style::Style
    f::F
    args::Args
    axes::Axes
end
Broadcasted(style::S, f::F, args::A, axes::X=nothing) where {S<:Union{Nothing,BroadcastStyle},F,A<:Tuple,X} = Broadcasted{S,X,F,A}(style, f, args, axes)
Broadcasted(style::S, ::Type{T}, args::A, axes::X=nothing) where {S<:Union{Nothing,BroadcastStyle},T,A<:Tuple,X} = Broadcasted{S,X,Type{T},A}(style, T, args, axes)
Broadcasted(f, args::Tuple, axes=nothing) = (@inline; Broadcasted(_style_of(args), f, args, axes))
Broadcasted{S}(f, args::Tuple, axes=nothing) where {S<:BroadcastStyle} = Broadcasted(S(), f, args, axes)
Broadcasted{Nothing}(f, args::Tuple, axes=nothing) = Broadcasted(nothing, f, args, axes)
broadcasted(f, args...) = (@inline; _lazy(f, map(broadcastable, args)))
_lazy(f, args) = (@inline; broadcasted(_style_of(args), f, args...))
broadcasted(style::BroadcastStyle, f, args...) = (@inline; Broadcasted(style, f, args, nothing))
BroadcastStyle(::Type{<:Broadcasted{S}}) where {S<:BroadcastStyle} = S()
const _Plain = Union{DefaultArrayStyle,Style{Tuple}}
# What takes part as itself; anything else must be a collection, or is a mistake that iteration reports.
broadcastable(x::Union{AbstractArray,Number,Tuple,Broadcasted,Ref}) = x
broadcastable(x::Union{Symbol,AbstractString,AbstractChar,Function,Nothing,Missing,Val,Module,Pair,Colon,UndefInitializer,IO}) = Ref(x)
broadcastable(::Type{T}) where {T} = RefValue{Type{T}}(T)
broadcastable(x) = _collected(x, applicable(iterate, x))
_collected(x, iterable::Bool) = iterable ? collect(x) : Ref(x)

convert(::Type{Broadcasted{Nothing}}, b::Broadcasted) = Broadcasted(nothing, b.f, b.args, b.axes)
instantiate(x) = x
instantiate(b::Broadcasted) = Broadcasted(b.style, b.f, b.args, axes(b))

# --- Shapes ---------------------------------------------------------------------------------------------------------
_axes(x::AbstractArray) = axes(x)
_axes(x::Tuple) = (OneTo(length(x)),)
_axes(x::Union{Number,Ref}) = ()
_axes(x) = axes(x)
_axes(b::Broadcasted{S,Nothing}) where {S} = (@inline; _combine_axes(b.args))
_axes(b::Broadcasted) = b.axes
combine_axes(args...) = _combine_axes(args)
axes(b::Broadcasted) = _axes(b)
size(b::Broadcasted) = map(length, axes(b))
length(b::Broadcasted) = prod(size(b))
ndims(b::Broadcasted) = length(axes(b))
eachindex(b::Broadcasted) = (ax = axes(b); length(ax) == 1 ? ax[1] : CartesianIndices(ax))
_combine_axes(::Tuple{}) = ()
_combine_axes(t::Tuple) = (@inline; _join_axes(_axes(t[1]), _combine_axes(tail(t))))
_join_axes(::Tuple{}, ::Tuple{}) = ()
_join_axes(a::Tuple, ::Tuple{}) = a
_join_axes(::Tuple{}, b::Tuple) = b
_join_axes(a::Tuple, b::Tuple) = (@inline; (_join_axis(a[1], b[1]), _join_axes(tail(a), tail(b))...))
function _join_axis(a, b)
    @inline
    length(a) == length(b) && return a
    length(a) == 1 && return b
    length(b) == 1 && return a
    throw(DimensionMismatch(string("arrays could not be broadcast to a common size: a has axes ", a, " and b has axes ", b)))
end

# --- One element ------------------------------------------------------------------------------------------------------
_get(x::Ref, i) = (@inline; x[])
_get(x::Number, i) = x
# Of a type that says by itself how it takes part.
_get(x, i) = _get_known(x, axes(x), i)
_get_known(x, ax::Tuple, i) = x[CartesianIndex(ntuple(d -> length(ax[d]) == 1 || d > length(i) ? first(ax[d]) : i[d], length(ax)))]
_get_known(x, ax::Tuple{Any}, i) = x[length(ax[1]) == 1 ? first(ax[1]) : i[1]]
_get(x::Broadcasted, i) = (@inline; x.f(_get_all(x.args, i)...))
_get_all(::Tuple{}, i) = ()
_get_all(t::Tuple, i) = (@inline; (_get(t[1], i), _get_all(tail(t), i)...))
# A dimension of length one is repeated.
_get(x::Tuple, i::Tuple) = (@inline; length(x) == 1 ? x[1] : x[i[1]])
_get(x::AbstractArray{T,1}, i::Tuple) where {T} = (@inline; n = length(x); @inbounds x[ifelse(n == 1, 1, i[1])])
_get(x::AbstractArray{T,2}, i::Tuple{Int}) where {T} = (@inline; @inbounds x[ifelse(size(x, 1) == 1, 1, i[1]), 1])
_get(x::AbstractArray{T,2}, i::Tuple) where {T} = (@inline; @inbounds x[ifelse(size(x, 1) == 1, 1, i[1]), ifelse(size(x, 2) == 1, 1, i[2])])
_get(x::AbstractArray{T,0}, i::Tuple) where {T} = x[]
_get(x::AbstractArray{T,N}, i::Tuple) where {T,N} = x[ntuple(d -> size(x, d) == 1 || d > length(i) ? 1 : i[d], Val(N))...]
# The same where nothing is repeated. (An adjoint vector's one row may be: see adjoint.jl.)
_fits(x, ax) = true
_fits(x::AbstractArray, ax) = false
_fits(x::Array{T,1}, ax::Tuple) where {T} = length(x) == length(ax[1])
_fits(x::Array{T,2}, ax::Tuple{Any,Any}) where {T} = size(x, 1) == length(ax[1]) && size(x, 2) == length(ax[2])
_fits(b::Broadcasted, ax) = (@inline; _all_fit(b.args, ax))
_all_fit(::Tuple{}, ax) = true
_all_fit(t::Tuple, ax) = (@inline; _fits(t[1], ax) && _all_fit(tail(t), ax))
_at(x, i) = (@inline; _get(x, i))
_at(x::Array{T,1}, i::Tuple) where {T} = (@inline; @inbounds x[i[1]])
_at(x::Array{T,2}, i::Tuple) where {T} = (@inline; @inbounds x[i[1], i[2]])
_at(b::Broadcasted, i) = (@inline; b.f(_all_at(b.args, i)...))
_all_at(::Tuple{}, i) = ()
_all_at(t::Tuple, i) = (@inline; (_at(t[1], i), _all_at(tail(t), i)...))
getindex(b::Broadcasted, i::Integer) = _get(b, (Int(i),))
getindex(b::Broadcasted, i::Integer, j::Integer, more::Integer...) = _get(b, (Int(i), Int(j), map(Int, more)...))
getindex(b::Broadcasted, i::CartesianIndex) = _get(b, i.I)
getindex(b::Broadcasted) = _get(b, ())
combine_eltypes(f, args::Tuple) = promote_op(f, map(_arg_type, args)...)
eltype(b::Broadcasted) = _element_type(b)
_element_type(b::Broadcasted) = promote_op(b.f, map(_arg_type, b.args)...)
_arg_type(x::AbstractArray) = eltype(x)
_arg_type(x::Tuple) = eltype(x)
_arg_type(x::Ref) = eltype(x)
_arg_type(x::RefValue{Type{T}}) where {T} = Type{T}
_arg_type(x::Broadcasted) = _element_type(x)
_arg_type(x) = eltype(x)
# The state is what the broadcast gives, with its own state.
iterate(b::Broadcasted) = (x = materialize(b); _with_state(x, iterate(x)))
iterate(b::Broadcasted, s::Tuple) = _with_state(s[1], iterate(s[1], s[2]))
_with_state(x, ::Nothing) = nothing
_with_state(x, step::Tuple) = (step[1], (x, step[2]))

# --- Running it -------------------------------------------------------------------------------------------------------
materialize(x) = x
materialize(b::Broadcasted{<:DefaultArrayStyle}) = (@inline; copy(b))
materialize(b::Broadcasted{DefaultArrayStyle{0}}) = (@inline; _get(b, ()))
materialize(b::Broadcasted{Style{Tuple}}) = (@inline; ntuple(i -> _get(b, (i,)), length(axes(b)[1])))
materialize(b::Broadcasted) = copy(instantiate(b))

# What a style makes of a broadcast: by way of similar(b, T) and copyto!(dest, b), where copy has no method of its own.
similar(b::Broadcasted, ::Type{T}) where {T} = similar(b, T, axes(b))
similar(::Broadcasted{<:Union{DefaultArrayStyle,ArrayConflict}}, ::Type{T}, dims) where {T} = _destination(T, map(length, dims))
copy(b::Broadcasted{<:AbstractArrayStyle{0}}) = _get(b, ())
copy(b::Broadcasted{DefaultArrayStyle{0}}) = _get(b, ())
copy(b::Broadcasted{Style{Tuple}}) = materialize(b)
function copy(b::Broadcasted)
    T = _element_type(b)
    isconcretetype(T) && return copyto!(similar(b, T), b)
    values = _copy_widening(b, axes(b))
    return copyto!(similar(b, eltype(values)), Broadcasted(nothing, identity, (values,), axes(b)))
end
copy(b::Broadcasted{Unknown}) = throw(ArgumentError(
    "broadcasting over these types is not defined: the styles of the arguments do not say which one decides"))
function copy(b::Broadcasted{<:DefaultArrayStyle})
    T = _element_type(b)
    ax = axes(b)
    if isconcretetype(T)
        return _fill!(_destination(T, map(length, ax)), b, ax)
    end
    return _copy_widening(b, ax)
end
_destination(::Type{T}, dims) where {T} = Array{T}(undef, dims)
_destination(::Type{Bool}, dims) = BitArray{length(dims)}(undef, dims)
# A word of bits at a time.
function _fill!(dest::BitArray{1}, b, ax::Tuple{Any})
    n = length(ax[1])
    for w in 1:length(dest.chunks)
        word = UInt64(0)
        from = 64 * (w - 1)
        for k in 1:min(64, n - from)
            _get(b, (from + k,))::Bool && (word |= UInt64(1) << (k - 1))
        end
        @inbounds dest.chunks[w] = word
    end
    return dest
end
# Where no array is repeated, elements are read without asking again for each whether it is.
_fill!(dest::AbstractArray, b, ax::Union{Tuple{Any},Tuple{Any,Any}}) =
    _fits(b, ax) ? _fill_with!(_at, dest, b, ax) : _fill_with!(_get, dest, b, ax)
@noinline function _fill_with!(element::F, dest::AbstractArray, b, ax::Tuple{Any}) where {F}
    @simd for i in ax[1]
        @inbounds dest[i] = element(b, (i,))
    end
    return dest
end
@noinline function _fill_with!(element::F, dest::AbstractArray, b, ax::Tuple{Any,Any}) where {F}
    for j in ax[2]
        @simd for i in ax[1]
            @inbounds dest[i, j] = element(b, (i, j))
        end
    end
    return dest
end
function _fill!(dest::AbstractArray, b, ax::Tuple)
    for i in CartesianIndices(ax)
        dest[i] = _get(b, i.I)
    end
    return dest
end
# The element type is what the values are, joined as they come.
function _copy_widening(b, ax)
    values = Any[_get(b, i.I) for i in CartesianIndices(ax)]
    T = Union{}
    for v in values
        T = promote_typejoin(T, typeof(v))
    end
    T === Union{} && (T = _element_type(b))
    dest = Array{T}(undef, map(length, ax))
    k = 0
    for v in values
        dest[k+=1] = v
    end
    return dest
end
const _PlainDest = Union{Base.Array,BitArray,Base.SubArray{<:Any,<:Any,<:Base.Array}}
materialize!(dest::_PlainDest, x) = (y = broadcastable(x); _assign_plain!(dest, y, combine_styles(y)))
materialize!(dest::_PlainDest, b::Broadcasted{<:_Plain}) = _assign!(dest, b)
_assign_plain!(dest, x, ::_Plain) = _assign!(dest, x)
_assign_plain!(dest, x, ::BroadcastStyle) = materialize!(dest, broadcasted(identity, x))
materialize!(dest, x) = materialize!(dest, broadcasted(identity, x))
materialize!(dest::_PlainDest, b::Broadcasted) = _materialize_by_style!(dest, b)
materialize!(dest, b::Broadcasted) = _materialize_by_style!(dest, b)
_materialize_by_style!(dest, b) = (copyto!(dest, Broadcasted(_deciding(dest, b), b.f, b.args, axes(dest))); dest)
_deciding(dest, b::Broadcasted) = result_style(BroadcastStyle(typeof(dest)), b.style)
copyto!(dest::AbstractArray, b::Broadcasted) = copyto!(dest, Broadcasted(nothing, b.f, b.args, b.axes))
copyto!(dest::AbstractArray, b::Broadcasted{Nothing}) = _assign!(dest, Broadcasted(nothing, b.f, b.args))
function _assign!(dest, x)
    ax = axes(dest)
    got = _axes(x)
    for d in 1:length(got)
        n = length(got[d])
        n == 1 || (d <= length(ax) && n == length(ax[d])) ||
            throw(DimensionMismatch(string("array could not be broadcast to match destination")))
    end
    isempty(ax) && (dest[] = _get(x, ()); return dest)
    return _fill!(dest, _unaliased(dest, x), ax)
end
# A source that shares memory with the destination, at other places, is copied first.
_unaliased(dest, x) = x
_unaliased(dest, x::Base.SubArray) = x.parent === dest || (dest isa Base.SubArray && x.parent === dest.parent) ? copy(x) : x
_unaliased(dest, b::Broadcasted) = (@inline; Broadcasted(b.style, b.f, map(a -> _unaliased(dest, a), b.args), b.axes))
broadcast(f, args...) = materialize(broadcasted(f, args...))
broadcast!(f, dest, args...) = materialize!(dest, broadcasted(f, args...))
dotview(a, i...) = Base.maybeview(a, i...)
dotgetproperty(x, f) = getproperty(x, f)
# `.&&` and `.||`: each element decides by itself, without evaluating the right side elementwise.
andand(a, b) = a && b
oror(a, b) = a || b
# Ranges stay ranges under + and * by a number.
broadcasted(::typeof(+), r::AbstractRange{<:Number}, x::Number) = r + x
broadcasted(::typeof(+), x::Number, r::AbstractRange{<:Number}) = r + x
broadcasted(::typeof(-), r::AbstractRange{<:Number}, x::Number) = r + (-x)
broadcasted(::typeof(-), x::Number, r::AbstractRange{<:Number}) = -r + x
broadcasted(::typeof(-), r::AbstractRange{<:Number}) = -r
broadcasted(::typeof(*), r::AbstractRange{<:Number}, x::Number) = r * x
broadcasted(::typeof(*), x::Number, r::AbstractRange{<:Number}) = r * x
broadcasted(::typeof(/), r::AbstractRange{<:Number}, x::Number) = r / x
broadcasted(::typeof(+), r::UnitRange{<:Integer}, x::Integer) = (first(r)+x):(last(r)+x)
broadcasted(::typeof(+), x::Integer, r::UnitRange{<:Integer}) = (first(r)+x):(last(r)+x)
broadcasted(::typeof(-), r::UnitRange{<:Integer}, x::Integer) = (first(r)-x):(last(r)-x)
# The same values with all arguments in one call.
function flatten(b::Broadcasted)
    any(a -> a isa Broadcasted, b.args) || return b
    return Broadcasted(b.style, (xs...) -> _call_nested(b, xs)[1], _leaves(b.args), b.axes)
end
_leaves(::Tuple{}) = ()
_leaves(t::Tuple) = (t[1] isa Broadcasted ? _leaves(t[1].args) : (t[1],))..., _leaves(tail(t))...
_call_nested(b::Broadcasted, xs) = (r = _take_nested(b.args, xs); (b.f(r[1]...), r[2]))
_call_nested(_, xs) = (xs[1], tail(xs))
_take_nested(::Tuple{}, xs) = ((), xs)
function _take_nested(t::Tuple, xs)
    value, rest = _call_nested(t[1], xs)
    values, rest = _take_nested(tail(t), rest)
    return (value, values...), rest
end
export broadcast, broadcast!, BroadcastStyle, broadcastable, dotview
end
using .Broadcast: BroadcastStyle, andand, oror, Broadcasted, broadcasted, materialize, materialize!, broadcastable, broadcast, broadcast!, dotview
export Broadcast, broadcast, broadcast!
