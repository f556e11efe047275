# SPDX-License-Identifier: MIT
# missing: an unknown value. What is asked of it is missing too, unless the answer does not depend on it.

==(::Missing, ::Missing) = missing
==(::Missing, x) = missing
==(x, ::Missing) = missing
<(::Missing, ::Missing) = missing
<(::Missing, x) = missing
<(x, ::Missing) = missing
<=(::Missing, ::Missing) = missing
<=(::Missing, x) = missing
<=(x, ::Missing) = missing
isequal(::Missing, ::Missing) = true
isequal(::Missing, x) = false
isequal(x, ::Missing) = false
# It sorts last.
isless(::Missing, ::Missing) = false
isless(::Missing, x) = false
isless(x, ::Missing) = true
isapprox(::Missing, ::Missing; kw...) = missing
isapprox(::Missing, x; kw...) = missing
isapprox(x, ::Missing; kw...) = missing
for op in (:+, :-, :*, :/, :^, :div, :mod, :rem, :fld, :cld, :min, :max)
    Core.eval(Base, quote
        $op(::Missing, ::Missing) = missing
        $op(::Missing, x::Number) = missing
        $op(x::Number, ::Missing) = missing
    end)
end
for f in (:-, :+, :!, :~, :abs, :abs2, :sign, :sqrt, :exp, :log, :log2, :log10, :sin, :cos, :tan, :float, :round, :floor, :ceil, :trunc,
    :iseven, :isodd, :isinteger, :isfinite, :isinf, :isnan, :iszero, :isone, :real, :conj, :zero, :one)
    Core.eval(Base, :($f(::Missing) = missing))
end
(*)(::Missing, ::AbstractString) = missing
(*)(::AbstractString, ::Missing) = missing
(&)(::Missing, ::Missing) = missing
(&)(::Missing, x::Bool) = x ? missing : false
(&)(x::Bool, ::Missing) = x ? missing : false
(|)(::Missing, ::Missing) = missing
(|)(::Missing, x::Bool) = x ? true : missing
(|)(x::Bool, ::Missing) = x ? true : missing
xor(::Missing, ::Missing) = missing
xor(::Missing, x::Bool) = missing
xor(x::Bool, ::Missing) = missing
zero(::Type{Missing}) = missing
one(::Type{Missing}) = missing

# The values that are not missing.
struct SkipMissing{T}
    x::T
end
skipmissing(itr) = SkipMissing(itr)
IteratorSize(::Type{<:SkipMissing}) = SizeUnknown()
IteratorEltype(::Type{SkipMissing{T}}) where {T} = IteratorEltype(T)
eltype(::Type{SkipMissing{T}}) where {T} = nonmissingtype(eltype(T))
function iterate(s::SkipMissing, state...)
    y = iterate(s.x, state...)
    while y !== nothing && y[1] === missing
        y = iterate(s.x, y[2])
    end
    return y
end
keys(s::SkipMissing) = Iterators.filter(i -> s.x[i] !== missing, keys(s.x))
eachindex(s::SkipMissing) = keys(s)
getindex(s::SkipMissing, i) = (v = s.x[i]; v === missing ? throw(MissingException(string("the value at index ", (i,), " is missing"))) : v)
show(io::IO, s::SkipMissing) = (print(io, "skipmissing("); show(io, s.x); print(io, ")"))
disallowmissing(a::AbstractArray) = convert(Array{nonmissingtype(eltype(a)),ndims(a)}, a)
export skipmissing
