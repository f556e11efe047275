# SPDX-License-Identifier: MIT
# Named tuples: keyword arguments travel in them.

length(t::NamedTuple) = nfields(t)
iterate(t::NamedTuple, i::Int=1) = (@inline; i > nfields(t) ? nothing : (getfield(t, i), i + 1))
firstindex(t::NamedTuple) = 1
lastindex(t::NamedTuple) = nfields(t)
getindex(t::NamedTuple, i::Int) = getfield(t, i)
getindex(t::NamedTuple, i::Symbol) = getfield(t, i)
getindex(t::NamedTuple, ::Colon) = t
getindex(t::NamedTuple, names::Tuple{Vararg{Symbol}}) = NamedTuple{names}(map(n -> getfield(t, n), names))
getindex(t::NamedTuple, names::AbstractVector{Symbol}) = t[Tuple(names)]
isempty(::NamedTuple{()}) = true
isempty(::NamedTuple) = false
keys(::NamedTuple{names}) where {names} = names
values(t::NamedTuple) = Tuple(t)
Tuple(t::NamedTuple) = (t...,)
haskey(t::NamedTuple, key::Union{Integer,Symbol}) = isdefined(t, key)
get(t::NamedTuple, key::Union{Integer,Symbol}, default) = haskey(t, key) ? getfield(t, key) : default
get(f::Callable, t::NamedTuple, key::Union{Integer,Symbol}) = haskey(t, key) ? getfield(t, key) : f()
first(t::NamedTuple) = t[1]
last(t::NamedTuple) = t[end]
eltype(::Type{T}) where {names,S,T<:NamedTuple{names,S}} = eltype(S)
propertynames(::NamedTuple{names}) where {names} = names
==(a::NamedTuple{n}, b::NamedTuple{n}) where {n} = Tuple(a) == Tuple(b)
==(a::NamedTuple, b::NamedTuple) = false
isequal(a::NamedTuple{n}, b::NamedTuple{n}) where {n} = isequal(Tuple(a), Tuple(b))
isless(a::NamedTuple{n}, b::NamedTuple{n}) where {n} = isless(Tuple(a), Tuple(b))
map(f, t::NamedTuple{names}) where {names} = NamedTuple{names}(map(f, Tuple(t)))
Core.eval(Base, quote
    function NamedTuple{names}(args::Tuple) where {names}
        @inline
        length(args) == length(names) || throw(ArgumentError("Wrong number of arguments to named tuple constructor."))
        $(Expr(:splatnew, :(NamedTuple{names,typeof(args)}), :args))
    end
    function NamedTuple{names,T}(args::Tuple) where {names,T<:Tuple}
        @inline
        length(args) == length(names) || throw(ArgumentError("Wrong number of arguments to named tuple constructor."))
        $(Expr(:splatnew, :(NamedTuple{names,T}), :(convert(T, args))))
    end
end)
NamedTuple() = NamedTuple{()}(())
NamedTuple{names}(itr) where {names} = NamedTuple{names}(Tuple(itr))
NamedTuple{names}(t::NamedTuple) where {names} = NamedTuple{names}(map(n -> getfield(t, n), names))
NamedTuple(itr) = (; itr...)
convert(::Type{NamedTuple{names,T}}, t::NamedTuple{names}) where {names,T<:Tuple} = NamedTuple{names,T}(Tuple(t))
convert(::Type{NamedTuple{names,T}}, t::NamedTuple{names,T}) where {names,T<:Tuple} = t
convert(::Type{T}, t::T) where {T<:NamedTuple} = t

@assume_effects :foldable _merge_names(an::Tuple, bn::Tuple) = (an..., _names_not_in(bn, an)...)
@assume_effects :foldable _names_not_in(bn::Tuple, an::Tuple) = filter(n -> !(n in an), bn)
@assume_effects :foldable _has_name(names::Tuple, n::Symbol) = n in names
merge(a::NamedTuple) = a
merge(a::NamedTuple, b::NamedTuple{()}) = a
merge(a::NamedTuple{()}, b::NamedTuple) = b
merge(a::NamedTuple{()}, b::NamedTuple{()}) = a
function merge(a::NamedTuple{an}, b::NamedTuple{bn}) where {an,bn}
    names = _merge_names(an, bn)
    return NamedTuple{names}(map(n -> _has_name(bn, n) ? getfield(b, n) : getfield(a, n), names))
end
merge(a::NamedTuple, b::NamedTuple, c::NamedTuple...) = merge(merge(a, b), c...)
merge(a::NamedTuple, itr) = _merge_pairs(a, itr)
function _merge_pairs(a::NamedTuple, itr)
    names = Symbol[]
    vals = Any[]
    for (k, v) in itr
        k = k::Symbol
        i = findfirst(==(k), names)
        if i === nothing
            push!(names, k)
            push!(vals, v)
        else
            vals[i] = v
        end
    end
    return merge(a, NamedTuple{(names...,)}((vals...,)))
end
structdiff(a::NamedTuple{an}, b::Union{NamedTuple{bn},Type{NamedTuple{bn}}}) where {an,bn} =
    (names = _names_not_in(an, bn); NamedTuple{names}(map(n -> getfield(a, n), names)))
# What a keyword method calls for a name it does not take.
@noinline kwerr(kw, args...) = throw(MethodError(Core.kwcall, (kw, args...)))
