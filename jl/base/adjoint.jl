# SPDX-License-Identifier: MIT
# a' and transpose(a): the same elements seen with rows and columns exchanged; nothing is copied.

struct Adjoint{T,S<:AbstractArray} <: AbstractMatrix{T}
    parent::S
end
struct Transpose{T,S<:AbstractArray} <: AbstractMatrix{T}
    parent::S
end
Adjoint(a::AbstractVecOrMat{T}) where {T<:Number} = Adjoint{T,typeof(a)}(a)
Adjoint(a::AbstractVecOrMat) = Adjoint{promote_op(adjoint, eltype(a)),typeof(a)}(a)
Transpose(a::AbstractVecOrMat{T}) where {T<:Number} = Transpose{T,typeof(a)}(a)
Transpose(a::AbstractVecOrMat) = Transpose{promote_op(transpose, eltype(a)),typeof(a)}(a)
adjoint(a::AbstractVecOrMat) = Adjoint(a)
transpose(a::AbstractVecOrMat) = Transpose(a)
adjoint(a::Adjoint) = a.parent
transpose(a::Transpose) = a.parent
adjoint(a::Transpose{<:Real}) = a.parent
transpose(a::Adjoint{<:Real}) = a.parent
const _Turned{T,S} = Union{Adjoint{T,S},Transpose{T,S}}
const _Row{T} = Union{Adjoint{T,<:AbstractVector},Transpose{T,<:AbstractVector}}
parent(a::_Turned) = a.parent
size(a::_Turned) = (size(a.parent, 2), size(a.parent, 1))
length(a::_Turned) = length(a.parent)
_turn(::Adjoint, x) = (@inline; adjoint(x))
_turn(::Transpose, x) = (@inline; transpose(x))
function getindex(a::_Turned, i::Int, j::Int)
    @inline
    @boundscheck checkbounds(a, i, j)
    return _turn(a, @inbounds a.parent[j, i])
end
function setindex!(a::_Turned, v, i::Int, j::Int)
    @inline
    @boundscheck checkbounds(a, i, j)
    @inbounds a.parent[j, i] = _turn(a, v)
    return a
end
getindex(a::_Row, i::Int) = (@inline; _turn(a, a.parent[i]))
setindex!(a::_Row, v, i::Int) = (@inline; a.parent[i] = _turn(a, v); a)
IndexStyle(::Type{<:_Row}) = IndexLinear()
similar(a::_Turned, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = similar(a.parent, T, dims)
copy(a::_Turned) = copyto!(similar(a.parent, eltype(a), size(a)), a)
vec(a::Transpose{<:Number,<:AbstractVector}) = a.parent
permutedims(a::Transpose{<:Number}) = copy(a.parent)

function dot(a::AbstractVector, b::AbstractVector)
    length(a) == length(b) || throw(DimensionMismatch(string("dot product arguments have unequal lengths ", length(a), " and ", length(b))))
    isempty(a) && return zero(promote_op(*, eltype(a), eltype(b)))
    s = adjoint(a[firstindex(a)]) * b[firstindex(b)]
    for k in 2:length(a)
        s += @inbounds adjoint(a[k]) * b[k]
    end
    return s
end
*(a::Adjoint{<:Any,<:AbstractVector}, b::AbstractVector) = dot(a.parent, b)
*(a::Transpose{<:Number,<:AbstractVector}, b::AbstractVector) = dot(map(conj, a.parent), b)
*(a::Transpose{<:Real,<:AbstractVector}, b::AbstractVector) = dot(a.parent, b)
*(a::Adjoint{<:Any,<:AbstractVector}, b::AbstractMatrix) = adjoint(adjoint(b) * a.parent)
*(a::Transpose{<:Any,<:AbstractVector}, b::AbstractMatrix) = transpose(transpose(b) * a.parent)
*(x::Number, a::Adjoint{<:Any,<:AbstractVector}) = adjoint(a.parent * adjoint(x))
*(a::Adjoint{<:Any,<:AbstractVector}, x::Number) = adjoint(adjoint(x) * a.parent)
+(a::Adjoint{<:Any,<:AbstractVector}, b::Adjoint{<:Any,<:AbstractVector}) = adjoint(a.parent + b.parent)
-(a::Adjoint{<:Any,<:AbstractVector}, b::Adjoint{<:Any,<:AbstractVector}) = adjoint(a.parent - b.parent)
function kron(a::AbstractVecOrMat, b::AbstractVecOrMat)
    m, n = size(b, 1), size(b, 2)
    c = Matrix{promote_op(*, eltype(a), eltype(b))}(undef, size(a, 1) * m, size(a, 2) * n)
    for j in 1:size(a, 2), i in 1:size(a, 1), l in 1:n, k in 1:m
        c[(i-1)*m+k, (j-1)*n+l] = a[i, j] * b[k, l]
    end
    return a isa AbstractVector && b isa AbstractVector ? vec(c) : c
end
kron(a, b, c, more...) = kron(kron(a, b), c, more...)
export kron

Broadcast._fits(x::Adjoint{T,Array{T,1}}, ax::Tuple{Any,Any}) where {T<:Real} = length(x.parent) == length(ax[2])
Broadcast._at(x::Adjoint{T,Array{T,1}}, i::Tuple) where {T<:Real} = (@inline; @inbounds x.parent[i[2]])
