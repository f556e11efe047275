# SPDX-License-Identifier: MIT
# Array: a mutable object of a reference into a Memory, and a size. Vectors grow at both ends within their memory.
using Core: memorynew, memoryrefnew, memoryrefget, memoryrefset!, memoryrefoffset, memoryref_isassigned

# --- Making arrays -----------------------------------------------------------------------------------------------
Core.eval(Base, quote
    function Core.Array{T,1}(::UndefInitializer, n::Int) where {T}
        @inline
        ref = memoryrefnew(memorynew(Memory{T}, n))
        return $(Expr(:new, :(Array{T,1}), :ref, :((n,))))
    end
    function Core.Array{T,2}(::UndefInitializer, m::Int, n::Int) where {T}
        ref = memoryrefnew(memorynew(Memory{T}, _checked_length(m, n)))
        return $(Expr(:new, :(Array{T,2}), :ref, :((m, n))))
    end
    function Core.Array{T,N}(::UndefInitializer, dims::NTuple{N,Int}) where {T,N}
        ref = memoryrefnew(memorynew(Memory{T}, _checked_length(dims...)))
        return $(Expr(:new, :(Array{T,N}), :ref, :dims))
    end
    # The same elements under another size.
    function _reshaped(a::Array{T}, dims::NTuple{N,Int}) where {T,N}
        return $(Expr(:new, :(Array{T,N}), :(getfield(a, :ref)), :dims))
    end
end)
_checked_length() = 1
_checked_length(n::Int) = n
function _checked_length(dims::Int...)
    n = 1
    for d in dims
        d < 0 && throw(ArgumentError("invalid Array dimensions"))
        n, overflow = mul_with_overflow(n, d)
        overflow && throw(ArgumentError("invalid Array size: too large for system address width"))
    end
    return n
end
Array{T,1}(::UndefInitializer, n::Integer) where {T} = Array{T,1}(undef, Int(n))
Array{T,2}(::UndefInitializer, m::Integer, n::Integer) where {T} = Array{T,2}(undef, Int(m), Int(n))
Array{T,N}(::UndefInitializer, dims::Integer...) where {T,N} = Array{T,N}(undef, map(Int, dims))
Array{T,N}(::UndefInitializer, dims::NTuple{N,Integer}) where {T,N} = Array{T,N}(undef, map(Int, dims))
Array{T}(::UndefInitializer, n::Int) where {T} = Array{T,1}(undef, n)
Array{T}(::UndefInitializer, m::Int, n::Int) where {T} = Array{T,2}(undef, m, n)
Array{T}(::UndefInitializer, dims::Integer...) where {T} = Array{T,length(dims)}(undef, map(Int, dims))
Array{T}(::UndefInitializer, dims::NTuple{N,Integer}) where {T,N} = Array{T,N}(undef, map(Int, dims))
Array{T,1}() where {T} = Array{T,1}(undef, 0)
Vector(::UndefInitializer, n::Integer) = Vector{Any}(undef, n)
Matrix(::UndefInitializer, m::Integer, n::Integer) = Matrix{Any}(undef, m, n)
Array(::UndefInitializer, dims::Integer...) = Array{Any}(undef, dims...)
Array{T,N}(::Nothing, dims...) where {T,N} = fill!(Array{T,N}(undef, dims...), nothing)
Array{T,N}(::Missing, dims...) where {T,N} = fill!(Array{T,N}(undef, dims...), missing)
Array{T}(::Union{Nothing,Missing}, dims...) where {T} = fill!(Array{T}(undef, dims...), Missing <: T ? missing : nothing)
Matrix(a::AbstractMatrix{T}) where {T} = Array{T,2}(a)
Array{T}(a::AbstractArray{S,N}) where {T,S,N} = Array{T,N}(a)
Array{T,N}(a::AbstractArray{S,N}) where {T,S,N} = copyto!(Array{T,N}(undef, size(a)), a)
Array(a::AbstractArray{T,N}) where {T,N} = Array{T,N}(a)
Vector(a::AbstractVector{T}) where {T} = Array{T,1}(a)
Array{T,1}(itr::Union{Generator,Tuple}) where {T} = collect(T, itr)
Vector(itr::Tuple) = collect(itr)
convert(::Type{T}, a::AbstractArray) where {T<:Array} = a isa T ? a : T(a)
convert(::Type{AbstractVector{T}}, a::AbstractVector) where {T} = a isa AbstractVector{T} ? a : Vector{T}(a)
promote_rule(a::Type{Array{T,N}}, b::Type{Array{S,N}}) where {T,S,N} = _one_of(promote_type(T, S), a, b)
_one_of(::Type{T}, a::Type{Array{T,N}}, b::Type{Array{T,N}}) where {T,N} = a
_one_of(::Type{T}, a::Type{Array{T,N}}, b) where {T,N} = a
_one_of(::Type{T}, a, b::Type{Array{T,N}}) where {T,N} = b
_one_of(::Type, a, b) = promote_typejoin(a, b)
length(m::Memory) = getfield(m, :length)
size(m::Memory) = (length(m),)
Core.GenericMemory{K,T,A}(::UndefInitializer, n::Integer) where {K,T,A} = memorynew(Memory{T}, Int(n))
function getindex(m::Memory, i::Int)
    @inline
    ref = memoryrefnew(memoryrefnew(m), i, @boundscheck true)
    return memoryrefget(ref, :not_atomic, false)
end
function setindex!(m::Memory{T}, v, i::Int) where {T}
    @inline
    memoryrefset!(memoryrefnew(memoryrefnew(m), i, true), v isa T ? v : convert(T, v)::T, :not_atomic, false)
    return m
end
IndexStyle(::Type{<:Memory}) = IndexLinear()

# --- Size and elements ---------------------------------------------------------------------------------------------
size(a::Array) = getfield(a, :size)
length(a::Vector) = (@inline; getfield(getfield(a, :size), 1))
length(a::Matrix) = (@inline; s = getfield(a, :size); getfield(s, 1) * getfield(s, 2))
length(a::Array) = prod(getfield(a, :size))
isempty(a::Array) = length(a) == 0
_storage(a::Array) = getfield(getfield(a, :ref), :mem)
function getindex(a::Array, i::Int)
    @inline
    @boundscheck (i - 1) % UInt < length(a) % UInt || throw_boundserror(a, (i,))
    return memoryrefget(memoryrefnew(getfield(a, :ref), i, false), :not_atomic, false)
end
function getindex(a::Matrix, i::Int, j::Int)
    @inline
    s = getfield(a, :size)
    m = getfield(s, 1)
    @boundscheck ((i - 1) % UInt < m % UInt) & ((j - 1) % UInt < getfield(s, 2) % UInt) || throw_boundserror(a, (i, j))
    return memoryrefget(memoryrefnew(getfield(a, :ref), i + (j - 1) * m, false), :not_atomic, false)
end
function setindex!(a::Array{T}, v, i::Int) where {T}
    @inline
    @boundscheck (i - 1) % UInt < length(a) % UInt || throw_boundserror(a, (i,))
    memoryrefset!(memoryrefnew(getfield(a, :ref), i, false), v isa T ? v : convert(T, v)::T, :not_atomic, false)
    return a
end
function setindex!(a::Matrix{T}, v, i::Int, j::Int) where {T}
    @inline
    s = getfield(a, :size)
    m = getfield(s, 1)
    @boundscheck ((i - 1) % UInt < m % UInt) & ((j - 1) % UInt < getfield(s, 2) % UInt) || throw_boundserror(a, (i, j))
    memoryrefset!(memoryrefnew(getfield(a, :ref), i + (j - 1) * m, false), v isa T ? v : convert(T, v)::T, :not_atomic, false)
    return a
end
@noinline throw_boundserror(a, i) = throw(BoundsError(a, i))
iterate(a::Array, i::Int=1) = (@inline; (i - 1) % UInt < length(a) % UInt ? (@inbounds(a[i]), i + 1) : nothing)
isassigned(a::Array, i::Int) = 1 <= i <= length(a) && memoryref_isassigned(memoryrefnew(getfield(a, :ref), i, false), :not_atomic, false)
isassigned(a::Array, i::Int...) = checkbounds(Bool, a, i...) && isassigned(a, _tuple_to_linear(size(a), i))
elsize(::Type{<:Array{T}}) where {T} = sizeof(T)
sizeof(a::Array{T}) where {T} = length(a) * (isbitstype(T) ? sizeof(T) : 8)

# --- Filling and copying -------------------------------------------------------------------------------------------
function fill!(a::AbstractArray{T}, x) where {T}
    v = convert(T, x)
    for i in eachindex(a)
        @inbounds a[i] = v
    end
    return a
end
fill(x::T, dims::Integer...) where {T} = fill!(Array{T}(undef, dims...), x)
fill(x::T, dims::Tuple) where {T} = fill!(Array{T}(undef, map(Int, map(length_of_axis, dims))), x)
length_of_axis(n::Integer) = n
length_of_axis(r::AbstractUnitRange) = length(r)
zeros(dims::Integer...) = zeros(Float64, dims...)
ones(dims::Integer...) = ones(Float64, dims...)
zeros(::Type{T}, dims::Integer...) where {T} = fill!(Array{T}(undef, dims...), zero(T))
ones(::Type{T}, dims::Integer...) where {T} = fill!(Array{T}(undef, dims...), one(T))
zeros(dims::Tuple) = zeros(Float64, dims...)
ones(dims::Tuple) = ones(Float64, dims...)
zeros(::Type{T}, dims::Tuple) where {T} = zeros(T, map(length_of_axis, dims)...)
ones(::Type{T}, dims::Tuple) where {T} = ones(T, map(length_of_axis, dims)...)
zero(a::AbstractArray{T}) where {T} = fill!(similar(a), zero(T))
one(a::AbstractMatrix{T}) where {T} = (b = zero(a); for i in 1:size(a, 1); b[i, i] = one(T); end; b)
similar(a::Array{T}, ::Type{S}, dims::Tuple{Vararg{Int}}) where {T,S} = Array{S}(undef, dims)
function copyto!(dest::Array{T}, doff::Integer, src::Array{S}, soff::Integer, n::Integer) where {T,S}
    n == 0 && return dest
    n < 0 && throw(ArgumentError(string("tried to copy n=", n, " elements, but n should be non-negative")))
    _check_part(dest, Int(doff), Int(n))
    _check_part(src, Int(soff), Int(n))
    return _copy_elements!(dest, Int(doff), src, Int(soff), Int(n))
end
# Are the `n` elements (one at least) from `i` on all inside? No sum here can wrap around.
_check_part(a, i::Int, n::Int) = (@inline; 1 <= i && n <= length(a) && i - 1 <= length(a) - n || _part_error(a, i, n))
@noinline _part_error(a, i, n) = throw(BoundsError(a, i:i+n-1))
# Towards higher indices unless source and destination overlap the wrong way.
function _copy_elements!(dest::Array, doff::Int, src::Array, soff::Int, n::Int)
    if _storage(dest) === _storage(src) && memoryrefoffset(getfield(dest, :ref)) + doff > memoryrefoffset(getfield(src, :ref)) + soff
        for k in n-1:-1:0
            _copy_one!(dest, doff + k, src, soff + k)
        end
    else
        for k in 0:n-1
            _copy_one!(dest, doff + k, src, soff + k)
        end
    end
    return dest
end
_copy_one!(dest, i, src, j) = (@inline; isassigned(src, j) ? (@inbounds dest[i] = src[j]) : nothing)
_copy_one!(dest::Array{T}, i, src::Array{S}, j) where {T<:Number,S<:Number} = (@inline; @inbounds dest[i] = src[j])
copyto!(dest::Array, src::Array) = copyto!(dest, 1, src, 1, length(src))
copy(a::Array{T,N}) where {T,N} = copyto!(Array{T,N}(undef, size(a)), a)
function copy!(dest::AbstractVector, src::AbstractVector)
    length(dest) == length(src) || resize!(dest, length(src))
    return copyto!(dest, src)
end
copy!(dest::AbstractArray, src::AbstractArray) = size(dest) == size(src) ? copyto!(dest, src) :
    throw(DimensionMismatch("arrays must have the same axes for copy! (consider using `copyto!`)"))
export fill, fill!, zeros, ones, copyto!, copy, copy!, similar, zero

# --- Growing and shrinking -----------------------------------------------------------------------------------------
_set_size!(a::Vector, n::Int) = (@inline; setfield!(a, :size, (n,)))
# Room for `inc` more elements at the end; they are not initialised.
function _grow_end!(a::Vector, inc::Int)
    @inline
    ref = getfield(a, :ref)
    if inc > length(getfield(ref, :mem)) - memoryrefoffset(ref) + 1 - length(a)
        _make_room!(a, 0, inc)
    end
    _set_size!(a, length(a) + inc)
    return nothing
end
function _grow_begin!(a::Vector, inc::Int)
    offset = memoryrefoffset(getfield(a, :ref))
    if offset <= inc
        _make_room!(a, inc, 0)
        offset = memoryrefoffset(getfield(a, :ref))
    end
    n = length(a)
    setfield!(a, :ref, _ref_at(a, offset - inc))
    _set_size!(a, n + inc)
    return nothing
end
_ref_at(a::Vector, i::Int) = memoryrefnew(memoryrefnew(_storage(a)), i, false)
# Moves the elements to a larger memory (or within this one) with room in front and behind.
@noinline function _make_room!(a::Vector{T}, front::Int, back::Int) where {T}
    n = length(a)
    slack = max(4, n >> 1)
    lead = front > 0 ? front + slack : memoryrefoffset(getfield(a, :ref)) - 1
    lead > 2n + 8 && front == 0 && (lead = n >> 2)
    old = getfield(a, :ref)
    mem = memorynew(Memory{T}, lead + n + back + (back > 0 ? slack : 0))
    fresh = memoryrefnew(memoryrefnew(mem), lead + 1, false)
    if n > 0
        for i in 1:n
            from = memoryrefnew(old, i, false)
            if memoryref_isassigned(from, :not_atomic, false)
                memoryrefset!(memoryrefnew(fresh, i, false), memoryrefget(from, :not_atomic, false), :not_atomic, false)
            end
        end
    end
    setfield!(a, :ref, fresh)
    return nothing
end
function push!(a::Vector{T}, item) where {T}
    @inline
    v = item isa T ? item : convert(T, item)::T
    _grow_end!(a, 1)
    memoryrefset!(memoryrefnew(getfield(a, :ref), length(a), false), v, :not_atomic, false)
    return a
end
function push!(a::Vector{Any}, @nospecialize(item))
    _grow_end!(a, 1)
    memoryrefset!(memoryrefnew(getfield(a, :ref), length(a), false), item, :not_atomic, false)
    return a
end
push!(a, x, y, more...) = push!(push!(a, x), y, more...)
push!(a) = a
function pushfirst!(a::Vector{T}, item) where {T}
    v = convert(T, item)
    _grow_begin!(a, 1)
    @inbounds a[1] = v
    return a
end
pushfirst!(a::Vector, x, y, more...) = (pushfirst!(a, y, more...); pushfirst!(a, x))
function pop!(a::Vector)
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    v = a[end]
    _set_size!(a, length(a) - 1)
    return v
end
pop!(a::Vector, i::Integer) = (v = a[i]; deleteat!(a, i); v)
pop!(a::Vector, i::Integer, default) = 1 <= i <= length(a) ? pop!(a, i) : default
popat!(a::Vector, i::Integer) = (v = a[i]; deleteat!(a, i); v)
popat!(a::Vector, i::Integer, default) = 1 <= i <= length(a) ? popat!(a, i) : default
function popfirst!(a::Vector)
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    v = a[1]
    _delete_begin!(a, 1)
    return v
end
function _delete_begin!(a::Vector, k::Int)
    n = length(a)
    n == k || setfield!(a, :ref, memoryrefnew(getfield(a, :ref), k + 1, false))
    _set_size!(a, n - k)
end
function resize!(a::Vector, n::Integer)
    n < 0 && throw(ArgumentError("new length must be ≥ 0"))
    n > length(a) ? _grow_end!(a, Int(n) - length(a)) : _set_size!(a, Int(n))
    return a
end
sizehint!(a::Vector, n::Integer; kw...) = a
empty!(a::Vector) = (_set_size!(a, 0); a)
empty(a::AbstractVector{T}) where {T} = Vector{T}()
empty(a::AbstractVector, ::Type{T}) where {T} = Vector{T}()
function append!(a::Vector, items::AbstractVector)
    n = max(length(items), 0)
    if items === a
        items = copy(items)
    end
    k = length(a)
    _grow_end!(a, n)
    j = k
    for x in items
        a[j+=1] = x
    end
    return a
end
append!(a::Vector, items) = (for x in items; push!(a, x); end; a)
append!(a::Vector) = a
append!(a::Vector, b, c, more...) = append!(append!(a, b), c, more...)
function prepend!(a::Vector, items)
    xs = items isa AbstractVector ? items : collect(items)
    xs === a && (xs = copy(xs))
    n = max(length(xs), 0)
    _grow_begin!(a, n)
    i = 0
    for x in xs
        a[i+=1] = x
    end
    return a
end
prepend!(a::Vector, b, c, more...) = prepend!(prepend!(a, c, more...), b)
function insert!(a::Vector{T}, i::Integer, item) where {T}
    v = convert(T, item)
    1 <= i <= length(a) + 1 || throw(BoundsError(a, i))
    _grow_end!(a, 1)
    for k in length(a):-1:i+1
        _move_slot!(a, k, k - 1)
    end
    a[i] = v
    return a
end
_move_slot!(a, to, from) = isassigned(a, from) ? (@inbounds a[to] = a[from]) : nothing
function deleteat!(a::Vector, i::Integer)
    i isa Bool && throw(ArgumentError("invalid index: $i of type Bool"))
    1 <= i <= length(a) || throw(BoundsError(a, i))
    for k in Int(i):length(a)-1
        _move_slot!(a, k, k + 1)
    end
    _set_size!(a, length(a) - 1)
    return a
end
function deleteat!(a::Vector, r::AbstractUnitRange{<:Integer})
    isempty(r) && return a
    (1 <= first(r) && last(r) <= length(a)) || throw(BoundsError(a, r))
    n = length(r)
    for k in Int(first(r)):length(a)-n
        _move_slot!(a, k, k + n)
    end
    _set_size!(a, length(a) - n)
    return a
end
function deleteat!(a::Vector, inds)
    eltype(inds) === Bool && return deleteat!(a, findall(inds))
    previous = 0
    keep = 1
    next = 1
    for i in inds
        i > previous || throw(ArgumentError("indices must be unique and sorted"))
        i <= length(a) && i >= 1 || throw(BoundsError(a, i))
        while next < i
            _move_slot!(a, keep, next)
            keep += 1
            next += 1
        end
        next = i + 1
        previous = i
    end
    while next <= length(a)
        _move_slot!(a, keep, next)
        keep += 1
        next += 1
    end
    _set_size!(a, keep - 1)
    return a
end
keepat!(a::Vector, inds) = (b = a[inds]; resize!(a, length(b)); copyto!(a, b))
function splice!(a::Vector, i::Integer, replacement=())
    v = a[i]
    _splice_in!(a, Int(i), 1, replacement)
    return v
end
function splice!(a::Vector, r::AbstractUnitRange{<:Integer}, replacement=())
    v = a[r]
    1 <= first(r) <= length(a) + 1 || throw(BoundsError(a, r))
    _splice_in!(a, Int(first(r)), length(r), replacement)
    return v
end
function _splice_in!(a::Vector, i::Int, n::Int, replacement)
    rest = a[i+n:end]
    resize!(a, i - 1)
    append!(a, replacement isa Union{AbstractVector,Tuple} ? replacement : collect(replacement))
    append!(a, rest)
    return a
end
function filter!(f, a::Vector)
    j = 1
    for i in 1:length(a)
        x = a[i] # checked: f may have made the array shorter
        a[j] = x
        j = f(x)::Bool ? j + 1 : j
    end
    resize!(a, j - 1)
    return a
end
function filter(f, a::AbstractArray{T}) where {T}
    b = Vector{T}()
    for x in a
        f(x)::Bool && push!(b, x)
    end
    return b
end
filter(f) = Fix1(filter, f)
function reverse!(a::AbstractVector, start::Integer=firstindex(a), stop::Integer=lastindex(a))
    i, j = Int(start), Int(stop)
    while i < j
        a[i], a[j] = a[j], a[i]
        i += 1
        j -= 1
    end
    return a
end
export push!, pushfirst!, pop!, popat!, popfirst!, resize!, sizehint!, empty!, empty, append!, prepend!, insert!, deleteat!, keepat!,
    splice!, filter!, filter, reverse!

# --- Literals --------------------------------------------------------------------------------------------------------
vect() = Vector{Any}()
vect(xs::T...) where {T} = _vector_of(T, xs)
function vect(xs...)
    T = promote_typeof(xs...)
    return _vector_of(T, xs)
end
# Without a loop for as many as people write in one line: such code need not be compiled to run once.
_vector_of(::Type{T}, xs::Tuple) where {T} = (@inline; length(xs) <= 12 ? _put_all!(Vector{T}(undef, length(xs)), 1, xs...) : _vector_of_many(T, xs))
_put_all!(a, i::Int) = a
_put_all!(a, i::Int, x, more...) = (@inline; @inbounds a[i] = x; _put_all!(a, i + 1, more...))
function _vector_of_many(::Type{T}, xs::Tuple) where {T}
    a = Vector{T}(undef, length(xs))
    i = 0
    for x in xs
        @inbounds a[i+=1] = x
    end
    return a
end
getindex(::Type{T}) where {T} = Vector{T}()
getindex(::Type{T}, xs...) where {T} = _vector_of(T, xs)
getindex(::Type{T}, x, y) where {T} = (a = Vector{T}(undef, 2); a[1] = x; a[2] = y; a)
getindex(::Type{T}, x) where {T} = (a = Vector{T}(undef, 1); a[1] = x; a)
