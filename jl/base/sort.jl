# SPDX-License-Identifier: MIT
# Sorting: insertion sort for short stretches, merge sort otherwise (stable), quicksort for numbers under isless.

module Order
abstract type Ordering end
struct ForwardOrdering <: Ordering end
struct ReverseOrdering{O} <: Ordering
    fwd::O
end
struct By{F,O} <: Ordering
    by::F
    order::O
end
By(by) = By(by, Forward)
struct Lt{F} <: Ordering
    lt::F
end
struct Perm{O,V} <: Ordering # of indices into `data`
    order::O
    data::V
end
const Forward = ForwardOrdering()
const Reverse = ReverseOrdering(Forward)
lt(::ForwardOrdering, a, b) = isless(a, b)
lt(o::ReverseOrdering, a, b) = lt(o.fwd, b, a)
lt(o::By, a, b) = lt(o.order, o.by(a), o.by(b))
lt(o::Lt, a, b) = o.lt(a, b)
function lt(o::Perm, a, b)
    x, y = o.data[a], o.data[b]
    return lt(o.order, x, y) || (!lt(o.order, y, x) && a < b)
end
function ord(less, by, rev, order=Forward)
    o = less === isless ? order : Lt(less)
    by === identity || (o = By(by, o))
    return rev === true ? (o === Forward ? Reverse : ReverseOrdering(o)) : o
end
export Ordering, Forward, Reverse, ForwardOrdering, ReverseOrdering, By, Lt, Perm
end
using .Order: ord, Forward, Reverse, ForwardOrdering, ReverseOrdering
abstract type Algorithm end
struct QuickSortAlg <: Algorithm end
struct MergeSortAlg <: Algorithm end
struct InsertionSortAlg <: Algorithm end
const QuickSort = QuickSortAlg()
const MergeSort = MergeSortAlg()
const InsertionSort = InsertionSortAlg()
export QuickSort, MergeSort, InsertionSort

const _kShort = 20
function _insertion_sort!(v, lo::Int, hi::Int, o)
    for i in lo+1:hi
        x = @inbounds v[i]
        j = i
        while j > lo && Order.lt(o, x, @inbounds v[j-1])
            @inbounds v[j] = v[j-1]
            j -= 1
        end
        @inbounds v[j] = x
    end
    return v
end
function _merge_sort!(v, lo::Int, hi::Int, o, buffer)
    hi - lo < _kShort && return _insertion_sort!(v, lo, hi, o)
    mid = (lo + hi) >>> 1
    _merge_sort!(v, lo, mid, o, buffer)
    _merge_sort!(v, mid + 1, hi, o, buffer)
    Order.lt(o, v[mid+1], v[mid]) || return v
    n = mid - lo + 1
    length(buffer) < n && resize!(buffer, n)
    for k in 1:n
        @inbounds buffer[k] = v[lo+k-1]
    end
    i, j, k = 1, mid + 1, lo
    while i <= n && j <= hi
        a, b = @inbounds(buffer[i]), @inbounds(v[j])
        if Order.lt(o, b, a)
            @inbounds v[k] = b
            j += 1
        else
            @inbounds v[k] = a
            i += 1
        end
        k += 1
    end
    while i <= n
        @inbounds v[k] = buffer[i]
        i += 1
        k += 1
    end
    return v
end
# Equal numbers cannot be told apart, so stability does not matter. Past a depth of 2 log n the merge sort takes over.
function _quick_sort!(v, lo::Int, hi::Int, o, depth::Int)
    while hi - lo >= _kShort
        depth == 0 && return _merge_sort!(v, lo, hi, o, similar(v, 0))
        depth -= 1
        p = _partition!(v, lo, hi, o)
        if p - lo < hi - p
            _quick_sort!(v, lo, p - 1, o, depth)
            lo = p + 1
        else
            _quick_sort!(v, p + 1, hi, o, depth)
            hi = p - 1
        end
    end
    return _insertion_sort!(v, lo, hi, o)
end
# Median of three as pivot, kept at `lo` while the rest is parted.
function _partition!(v, lo::Int, hi::Int, o)
    @inbounds begin
        mid = (lo + hi) >>> 1
        Order.lt(o, v[mid], v[lo]) && ((v[lo], v[mid]) = (v[mid], v[lo]))
        if Order.lt(o, v[hi], v[lo])
            v[lo], v[hi] = v[hi], v[lo]
        end
        Order.lt(o, v[hi], v[mid]) && ((v[hi], v[mid]) = (v[mid], v[hi]))
        v[lo], v[mid] = v[mid], v[lo]
        pivot = v[lo]
        i, j = lo, hi + 1
        while true
            i += 1
            while i <= hi && Order.lt(o, v[i], pivot)
                i += 1
            end
            j -= 1
            while Order.lt(o, pivot, v[j])
                j -= 1
            end
            i >= j && break
            v[i], v[j] = v[j], v[i]
        end
        v[lo], v[j] = v[j], v[lo]
        return j
    end
end
_is_plain(v::AbstractVector{<:Union{BitInteger,IEEEFloat,Bool,Char}}, o::Union{ForwardOrdering,ReverseOrdering{ForwardOrdering}}) = true
_is_plain(v, o) = false
function _sort!(v::AbstractVector, lo::Int, hi::Int, o)
    if _is_plain(v, o)
        return _quick_sort!(v, lo, hi, o, 2 * (64 - leading_zeros(max(hi - lo, 1))))
    end
    return _merge_sort!(v, lo, hi, o, similar(v, 0))
end
function sort!(v::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false, order=Forward)
    _sort!(v, firstindex(v), lastindex(v), ord(lt, by, rev, order))
    return v
end
function sort!(a::AbstractMatrix; dims::Integer, kw...)
    1 <= dims <= 2 || throw(ArgumentError("dimension out of range"))
    for k in 1:size(a, 3 - dims)
        s = dims == 1 ? view(a, :, k) : view(a, k, :)
        copyto!(s, sort!(collect(s); kw...))
    end
    return a
end
sort(v::AbstractVector; kw...) = sort!(copymutable(v); kw...)
sort(a::AbstractMatrix; dims::Integer, kw...) = sort!(copy(a); dims=dims, kw...)
sort(t::Tuple; kw...) = (sort!(collect(t); kw...)...,)
sort(r::AbstractUnitRange; rev=false, kw...) = rev === true ? reverse(r) : r
sort(itr; kw...) = sort!(collect(itr); kw...)
function sortperm(v::AbstractVector; alg=nothing, lt=isless, by=identity, rev=false, order=Forward)
    p = collect(1:length(v))
    o = ord(lt, by, rev, order)
    _merge_sort!(p, 1, length(p), Order.By(i -> v[i], o), Int[])
    return p
end
# Of each column, or of each row: positions in the whole array.
function sortperm(a::AbstractArray; dims::Integer, kw...)
    return mapslices(i -> i[sortperm(a[i]; kw...)], LinearIndices(a); dims=dims)
end
sortperm!(p::AbstractVector, v::AbstractVector; kw...) = copyto!(p, sortperm(v; kw...))
isperm(p) = (n = length(p); seen = falses(n); all(i -> 1 <= i <= n && !seen[i] && (seen[i] = true), p))
function invperm(p::AbstractVector)
    q = fill!(similar(p), 0)
    for (i, j) in enumerate(p)
        1 <= j <= length(p) && q[j] == 0 || throw(ArgumentError("argument is not a permutation"))
        q[j] = i
    end
    return q
end
invperm(p::Tuple) = Tuple(invperm(collect(p)))
permute!(v::AbstractVector, p::AbstractVector) = copyto!(v, v[p])
function invpermute!(v::AbstractVector, p::AbstractVector)
    old = copy(v)
    for (i, j) in enumerate(p)
        v[j] = old[i]
    end
    return v
end
issorted(itr; lt=isless, by=identity, rev=false, order=Forward) = _issorted(itr, ord(lt, by, rev, order))
function _issorted(itr, o)
    y = iterate(itr)
    y === nothing && return true
    previous = y[1]
    y = iterate(itr, y[2])
    while y !== nothing
        Order.lt(o, y[1], previous) && return false
        previous = y[1]
        y = iterate(itr, y[2])
    end
    return true
end
partialsort!(v::AbstractVector, k; kw...) = (sort!(v; kw...); v[k])
partialsort(v::AbstractVector, k; kw...) = sort(v; kw...)[k]
partialsortperm(v::AbstractVector, k; kw...) = sortperm(v; kw...)[k]
sortslices(a::AbstractMatrix; dims::Integer, kw...) = dims == 1 ? a[sortperm([a[i, :] for i in 1:size(a, 1)]; kw...), :] :
    a[:, sortperm([a[:, j] for j in 1:size(a, 2)]; kw...)]
function searchsortedfirst(v, x; lt=isless, by=identity, rev=false, order=Forward)
    o = ord(lt, by, rev, order)
    lo, hi = firstindex(v) - 1, lastindex(v) + 1
    while lo < hi - 1
        m = (lo + hi) >>> 1
        Order.lt(o, v[m], x) ? (lo = m) : (hi = m)
    end
    return hi
end
function searchsortedlast(v, x; lt=isless, by=identity, rev=false, order=Forward)
    o = ord(lt, by, rev, order)
    lo, hi = firstindex(v) - 1, lastindex(v) + 1
    while lo < hi - 1
        m = (lo + hi) >>> 1
        Order.lt(o, x, v[m]) ? (hi = m) : (lo = m)
    end
    return lo
end
searchsorted(v, x; kw...) = searchsortedfirst(v, x; kw...):searchsortedlast(v, x; kw...)
insorted(x, v; kw...) = !isempty(searchsorted(v, x; kw...))
export sort, sort!, sortperm, sortperm!, isperm, invperm, permute!, invpermute!, issorted, partialsort, partialsort!, partialsortperm, sortslices, searchsortedfirst,
    searchsortedlast, searchsorted, insorted
