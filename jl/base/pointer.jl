# SPDX-License-Identifier: MIT
# C's types and raw pointers. Memory objects by index, unchecked, for the containers of the library.

const Cchar = Int8
const Cuchar = UInt8
const Cshort = Int16
const Cushort = UInt16
const Cint = Int32
const Cuint = UInt32
const Clong = Int64
const Culong = UInt64
const Clonglong = Int64
const Culonglong = UInt64
const Csize_t = UInt64
const Cssize_t = Int64
const Cptrdiff_t = Int64
const Cintmax_t = Int64
const Cuintmax_t = UInt64
const Cfloat = Float32
const Cdouble = Float64
const Cwchar_t = Int32
export Cchar, Cuchar, Cshort, Cushort, Cint, Cuint, Clong, Culong, Clonglong, Culonglong, Csize_t, Cssize_t,
    Cptrdiff_t, Cintmax_t, Cuintmax_t, Cfloat, Cdouble, Cwchar_t

sizeof(x) = (@inline; Core.sizeof(x))
export sizeof

Ptr{T}(x::Union{Int64,UInt64}) where {T} = Core.Intrinsics.bitcast(Ptr{T}, x)
Ptr{T}(x::Ptr) where {T} = Core.Intrinsics.bitcast(Ptr{T}, x)
Ptr{T}() where {T} = Ptr{T}(0)
const C_NULL = Core.Intrinsics.bitcast(Ptr{Nothing}, 0)
Int64(p::Ptr) = Core.Intrinsics.bitcast(Int64, p)
UInt64(p::Ptr) = Core.Intrinsics.bitcast(UInt64, p)
convert(::Type{Ptr{T}}, p::Ptr{T}) where {T} = p
convert(::Type{Ptr{T}}, p::Ptr) where {T} = Core.Intrinsics.bitcast(Ptr{T}, p)
convert(::Type{Ptr{T}}, x::Union{Int64,UInt64}) where {T} = Core.Intrinsics.bitcast(Ptr{T}, x)
convert(::Type{T}, p::Ptr) where {T<:Integer} = T(UInt64(p))
==(x::Ptr, y::Ptr) = UInt64(x) == UInt64(y)
isless(x::Ptr, y::Ptr) = UInt64(x) < UInt64(y)
<(x::Ptr, y::Ptr) = UInt64(x) < UInt64(y)
-(x::Ptr, y::Ptr) = UInt64(x) - UInt64(y)
+(p::Ptr, n::Integer) = Core.Intrinsics.add_ptr(p, n % UInt64)
-(p::Ptr, n::Integer) = Core.Intrinsics.sub_ptr(p, n % UInt64)
+(n::Integer, p::Ptr) = p + n
eltype(::Type{Ptr{T}}) where {T} = T

unsafe_load(p::Ptr, i::Integer=1) = Core.Intrinsics.pointerref(p, Int(i), 1)
unsafe_store!(p::Ptr{Any}, x, i::Integer=1) = Core.Intrinsics.pointerset(p, x, Int(i), 1)
unsafe_store!(p::Ptr{T}, x, i::Integer=1) where {T} = Core.Intrinsics.pointerset(p, convert(T, x), Int(i), 1)
_check_pointer(p::Ptr) = p == C_NULL ? throw(ArgumentError("cannot convert NULL to string")) : Ptr{UInt8}(p)
unsafe_string(p::Ptr, n::Integer) = ccall(:jl_string_from_bytes, Any, (Ptr{UInt8}, Csize_t), _check_pointer(p), n)::String
unsafe_string(p::Ptr) = unsafe_string(p, ccall(:strlen, Csize_t, (Ptr{UInt8},), _check_pointer(p)))
function unsafe_copyto!(dest::Ptr{T}, src::Ptr{T}, n) where {T}
    ccall(:memmove, Ptr{Cvoid}, (Ptr{Cvoid}, Ptr{Cvoid}, Csize_t), dest, src, n * sizeof(T))
    return dest
end
pointer_from_objref(x) = ccall(:jl_value_ptr, Ptr{Cvoid}, (Any,), x)
unsafe_pointer_to_objref(p::Ptr) = ccall(:jl_value_from_ptr, Any, (Ptr{Cvoid},), p)
objectid(x) = ccall(:jl_object_id, UInt, (Any,), x)
export Ptr, C_NULL, unsafe_load, unsafe_store!, unsafe_string, unsafe_copyto!, pointer, pointer_from_objref,
    unsafe_pointer_to_objref, objectid

@inline pointer(s::String) = ccall(:jl_string_ptr, Ptr{UInt8}, (Any,), s)
pointer(s::String, i::Integer) = pointer(s) + (i - 1)
pointer(m::Memory{T}) where {T} = Core.Intrinsics.bitcast(Ptr{T}, getfield(m, :ptr))
pointer(a::Array{T}) where {T} = Core.Intrinsics.bitcast(Ptr{T}, getfield(getfield(a, :ref), :ptr_or_offset))
pointer(a::Array, i::Integer) = pointer(a) + (i - 1) * Core.Intrinsics.bitcast(Int64, _element_stride(a))
_element_stride(a::Array{T}) where {T} = ccall(:jl_element_size, Int64, (Any,), T)
cconvert(::Type{Ptr{T}}, s::String) where {T<:Union{UInt8,Int8,Nothing}} = s
cconvert(::Type{Ptr{T}}, a::Array) where {T} = a
cconvert(::Type{Ptr{T}}, r::RefValue) where {T} = r
cconvert(::Type{Ref{T}}, r::RefValue{T}) where {T} = r
cconvert(::Type{Ref{T}}, x) where {T} = RefValue{T}(convert(T, x))
unsafe_convert(::Type{Ptr{T}}, s::String) where {T<:Union{UInt8,Int8,Nothing}} = Ptr{T}(pointer(s))
unsafe_convert(::Type{Ptr{T}}, a::Array) where {T} = Ptr{T}(pointer(a))
# A mutable object is itself what C gets; of anything else, the place where the Ref keeps it.
unsafe_convert(::Type{Ptr{T}}, r::RefValue) where {T} = Ptr{T}(_referenced(r))
unsafe_convert(::Type{Ref{T}}, r::RefValue{T}) where {T} = Ptr{T}(_referenced(r))
@inline _referenced(r::RefValue{T}) where {T} = isbitstype(T) ? pointer_from_objref(r) : _referenced_object(r)
_referenced_object(r::RefValue{T}) where {T} =
    isconcretetype(T) && ismutabletype(T) ? pointer_from_objref(r.x) : pointer_from_objref(r)
unsafe_convert(::Type{Ptr{T}}, p::Ptr) where {T} = Core.Intrinsics.bitcast(Ptr{T}, p)

# Text for C: ends with a zero byte, so it may have none before.
primitive type Cstring 64 end
primitive type Cwstring 64 end
Cstring(p::Ptr) = Core.Intrinsics.bitcast(Cstring, p)
Ptr{T}(p::Cstring) where {T} = Core.Intrinsics.bitcast(Ptr{T}, p)
convert(::Type{Cstring}, p::Ptr) = Cstring(p)
convert(::Type{Ptr{T}}, p::Cstring) where {T<:Union{Int8,UInt8,Nothing}} = Ptr{T}(p)
==(a::Cstring, b::Cstring) = Ptr{UInt8}(a) == Ptr{UInt8}(b)
==(a::Cstring, b::Ptr) = Ptr{UInt8}(a) == b
==(a::Ptr, b::Cstring) = b == a
cconvert(::Type{Cstring}, s::String) = s
cconvert(::Type{Cstring}, s::AbstractString) = String(s)
cconvert(::Type{Cstring}, s::Symbol) = String(s)
cconvert(::Type{Cstring}, p::Ptr) = p
cconvert(::Type{Cstring}, a::Array{UInt8,1}) = a
unsafe_convert(::Type{Cstring}, p::Ptr) = Cstring(p)
unsafe_convert(::Type{Ptr{T}}, p::Cstring) where {T<:Union{Int8,UInt8,Nothing}} = Ptr{T}(p)
unsafe_convert(::Type{Cstring}, a::Array{UInt8,1}) = Cstring(pointer(a))
function unsafe_convert(::Type{Cstring}, s::String)
    occursin('\0', s) && throw(ArgumentError("embedded NULs are not allowed in C strings: $(repr(s))"))
    return Cstring(pointer(s))
end
unsafe_string(s::Cstring) = unsafe_string(Ptr{UInt8}(s))
export Cstring, Cwstring

# Memory by 1-based index with no check at all: the caller has one that says more.
@inline _memory(::Type{T}, n::Int) where {T} = Core.memorynew(Memory{T}, n)
@inline _mget(m::Memory, i::Int) = Core.memoryrefget(Core.memoryrefnew(Core.memoryrefnew(m), i, false), :not_atomic, false)
@inline _mset!(m::Memory{T}, v::T, i::Int) where {T} =
    Core.memoryrefset!(Core.memoryrefnew(Core.memoryrefnew(m), i, false), v, :not_atomic, false)
@inline _mlength(m::Memory) = getfield(m, :length)
# Element `to` of `dest` and the n-1 after it; they may be the same memory.
_mcopy!(dest::Memory, to::Int, src::Memory, from::Int, n::Int) =
    ccall(:jl_memory_copy, Cvoid, (Any, Int64, Any, Int64, Int64), dest, to - 1, src, from - 1, n)

# Core.SimpleVector: what types keep their parameters and field types in.
const SimpleVector = Core.SimpleVector
length(v::SimpleVector) = (Core.sizeof(v) >> 3) - 1
function getindex(v::SimpleVector, i::Int)
    1 <= i <= length(v) || throw(BoundsError(v, i))
    return Core.Intrinsics.pointerref(Core.Intrinsics.bitcast(Ptr{Any}, pointer_from_objref(v)), i + 1, 8)
end
iterate(v::SimpleVector, i::Int=1) = i > length(v) ? nothing : (v[i], i + 1)
eltype(::Type{SimpleVector}) = Any
firstindex(v::SimpleVector) = 1
lastindex(v::SimpleVector) = length(v)
keys(v::SimpleVector) = OneTo(length(v))
isempty(v::SimpleVector) = length(v) == 0
