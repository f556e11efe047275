# SPDX-License-Identifier: MIT
# Generators and what collects them into arrays.

struct Generator{I,F}
    f::F
    iter::I
    Generator{I,F}(f, iter) where {I,F} = new{I,F}(f, iter)
end
Generator(f, its...) = Generator(args -> f(args...), zip(its...))
Generator(f::F, iter::I) where {I,F} = Generator{I,F}(f, iter)
Generator(::Type{T}, iter::I) where {T,I} = Generator{I,Type{T}}(T, iter)
function iterate(g::Generator, s...)
    @inline
    y = iterate(g.iter, s...)
    y === nothing && return nothing
    return (g.f(y[1]), y[2])
end
length(g::Generator) = length(g.iter)
size(g::Generator) = size(g.iter)
axes(g::Generator) = axes(g.iter)
ndims(g::Generator) = ndims(g.iter)
isempty(g::Generator) = isempty(g.iter)
keys(g::Generator) = keys(g.iter)
last(g::Generator) = g.f(last(g.iter))
IteratorSize(::Type{<:Generator{I}}) where {I} = IteratorSize(I)
IteratorEltype(::Type{<:Generator}) = EltypeUnknown()

collect(itr) = _collect_sized(itr, IteratorEltype(itr), IteratorSize(itr))
collect(::Type{T}, itr) where {T} = _collect_typed(T, itr, IteratorSize(itr))
collect(a::AbstractArray) = copyto!(Array{eltype(a),ndims(a)}(undef, size(a)), a)
collect(r::AbstractRange{T}) where {T} = _collect_range(r)
function _collect_range(r::AbstractRange{T}) where {T}
    n = length(r)
    a = Vector{T}(undef, n)
    for i in 1:n
        @inbounds a[i] = _range_element(r, i)
    end
    return a
end
_shape_of(itr, ::HasLength) = (length(itr),)
_shape_of(itr, ::HasShape) = size(itr)
function _collect_typed(::Type{T}, itr, sz::Union{HasLength,HasShape}) where {T}
    a = Array{T}(undef, map(Int, _shape_of(itr, sz)))
    i = 0
    for x in itr
        a[i+=1] = x
    end
    return a
end
function _collect_typed(::Type{T}, itr, ::IteratorSize) where {T}
    a = Vector{T}()
    for x in itr
        push!(a, x)
    end
    return a
end
_collect_sized(itr, ::HasEltype, sz) = _collect_typed(eltype(itr), itr, sz)
# The element type follows from the values: it widens when one does not fit.
function _collect_sized(itr, ::EltypeUnknown, sz::Union{HasLength,HasShape})
    shape = map(Int, _shape_of(itr, sz))
    y = iterate(itr)
    y === nothing && return _empty_result(itr, shape)
    v, state = y
    a = Array{typeof(v)}(undef, shape)
    isempty(a) && return a
    @inbounds a[1] = v
    return _fill_rest(a, itr, 2, state)
end
# Surely as many elements as length() says: what others yield is counted while it is stored.
_has_fixed_length(itr) = false
_has_fixed_length(::Union{UnitRange,OneTo,StepRange}) = true
_has_fixed_length(g::Generator) = (@inline; _has_fixed_length(g.iter))
_empty_result(itr, shape) = Array{_element_guess(itr)}(undef, shape)
_element_guess(g::Generator) = promote_op(g.f, eltype(g.iter))
_element_guess(itr) = eltype(itr)
function _fill_rest(a::Array{T}, itr, i, state) where {T}
    while true
        y = iterate(itr, state)
        y === nothing && return a
        v, state = y
        if v isa T
            _has_fixed_length(itr) || checkbounds(a, i)
            @inbounds a[i] = v
        else
            return _fill_rest(_widened(a, i - 1, v), itr, i + 1, state)
        end
        i += 1
    end
end
function _widened(a::Array{T}, n, v) where {T}
    b = similar(a, promote_typejoin(T, typeof(v)))
    for j in 1:n
        @inbounds b[j] = a[j]
    end
    b[n+1] = v
    return b
end
function _collect_sized(itr, ::EltypeUnknown, ::IteratorSize)
    y = iterate(itr)
    y === nothing && return Vector{_element_guess(itr)}()
    v, state = y
    a = Vector{typeof(v)}()
    push!(a, v)
    return _push_rest(a, itr, state)
end
function _push_rest(a::Vector{T}, itr, state) where {T}
    while true
        y = iterate(itr, state)
        y === nothing && return a
        v, state = y
        if v isa T
            push!(a, v)
        else
            b = Vector{promote_typejoin(T, typeof(v))}()
            append!(b, a)
            push!(b, v)
            return _push_rest(b, itr, state)
        end
    end
end
promote_op(f, argtypes::Type...) = Core._return_type(f, Tuple{argtypes...})
export collect

map(f, a::AbstractArray) = _like(a, _collect_sized(Generator(f, a), EltypeUnknown(), HasShape{ndims(a)}()))
# `result` in the kind of array that is similar to `a`.
_like(::Union{Array,AbstractRange}, result::Array) = result
_like(a::AbstractArray, result::Array) = (b = similar(a, eltype(result), size(result)); b isa Array ? result : copyto!(b, result))
map(f, itr) = collect(Generator(f, itr))
map(f, a, b, more...) = collect(Generator(x -> f(x...), zip(a, b, more...)))
map(f, a::AbstractArray, b::AbstractArray) = (size(a) == size(b) || length(a) == length(b) || ndims(a) == 1) ?
    collect(Generator(x -> f(x[1], x[2]), zip(a, b))) : throw(DimensionMismatch("map arrays must have the same shape"))
map(f) = f()
function map!(f, dest::AbstractArray, a)
    i = firstindex(dest)
    for x in a
        dest[i] = f(x)
        i += 1
    end
    return dest
end
function map!(f, dest::AbstractArray, a, b, more...)
    i = firstindex(dest)
    for x in zip(a, b, more...)
        dest[i] = f(x...)
        i += 1
    end
    return dest
end
map!(f, a::AbstractArray) = map!(f, a, a)
foreach(f, itr) = (for x in itr; f(x); end; nothing)
foreach(f, a, b, more...) = (for x in zip(a, b, more...); f(x...); end; nothing)
export map, map!, foreach
