# SPDX-License-Identifier: MIT
# Talking to C beyond raw pointers (pointer.jl): function pointers for it, text of wide characters, elements by
# reference, arrays over its memory, its errors.

@inline _keep_alive(@nospecialize(x)) = ccall(:jl_keep_alive, Cvoid, (Any,), x)
@inline _keep_alive(xs...) = foreach(_keep_alive, xs)

cglobal(name) = Core.Intrinsics.cglobal(name, Nothing)
cglobal(name, ::Type{T}) where {T} = Core.Intrinsics.cglobal(name, T)
export cglobal

# The pointer is good as long as this object is.
mutable struct CFunction <: Ref{Nothing}
    ptr::Ptr{Cvoid}
    f::Any
    kept::Ptr{Cvoid}
end
function _callback_object(@nospecialize(f), @nospecialize(result), types::SimpleVector)
    kept = RefValue{Ptr{Cvoid}}(C_NULL)
    p = ccall(:jl_cfunction_closure, Ptr{Cvoid}, (Any, Any, Any, Ptr{Ptr{Cvoid}}), f, result, types, kept)
    return CFunction(p, f, kept[])
end
_callback_pointer(@nospecialize(f), @nospecialize(result), types::SimpleVector) =
    ccall(:jl_cfunction, Ptr{Cvoid}, (Any, Any, Any), f, result, types)
macro cfunction(f, result, types)
    types isa Expr && types.head === :tuple || throw(ArgumentError("@cfunction argument types must be a literal tuple"))
    list = Expr(:call, GlobalRef(Core, :svec), Any[esc(t) for t in types.args]...)
    any(t -> t isa Expr && t.head === :(...), types.args) && throw(ArgumentError("@cfunction has no variable arguments"))
    f isa Expr && f.head === :$ && return :(_callback_object($(esc(f.args[1])), $(esc(result)), $list))
    return :(_callback_pointer($(esc(f)), $(esc(result)), $list))
end
export @cfunction
cconvert(::Type{Ptr{Cvoid}}, f::CFunction) = f
unsafe_convert(::Type{Ptr{Cvoid}}, f::CFunction) = f.ptr

const llvmcall = Core.llvmcall
# Stands for itself, but for llvmcall: a tuple of these is a vector there.
struct VecElement{T}
    value::T
end
export VecElement

# --- ccall("llvm.NAME", llvmcall, ...): a call of an LLVM intrinsic, as a module for llvmcall
_ir_type(::Type{Float64}) = "double"
_ir_type(::Type{Float32}) = "float"
_ir_type(::Type{Float16}) = "half"
_ir_type(::Type{Bool}) = "i1" # what intrinsics take and give; i8 everywhere else
_ir_type(::Type{Nothing}) = "void"
_ir_type(::Type{<:Ptr}) = "ptr"
_ir_type(::Type{NTuple{N,VecElement{T}}}) where {N,T} = string("<", N, " x ", _ir_type(T), ">")
function _ir_type(@nospecialize(T::Type))
    isprimitivetype(T) && return string("i", 8 * sizeof(T))
    throw(ArgumentError(string("ccall: an LLVM intrinsic has no ", T)))
end
_passed_ir_type(@nospecialize(T::Type)) = T === Bool ? "i8" : _ir_type(T)
# `literals` has what the source wrote as a number or Bool, else nothing: some parameters take only those.
@assume_effects :foldable function _intrinsic_module(name::String, result::Type, arguments::Type, literals::Tuple)
    types = Any[arguments.parameters...]
    given_as(i) = literals[i] === nothing || !(types[i] <: Integer) ? string(types[i] === Bool ? "%b" : "%a", i) : string(convert(types[i], literals[i]))
    declared = join([_ir_type(T) for T in types], ", ")
    passed = join([string(_passed_ir_type(T), " %a", i) for (i, T) in enumerate(types)], ", ")
    given = join([string(_ir_type(T), " ", given_as(i)) for (i, T) in enumerate(types)], ", ")
    text = string("declare ", _ir_type(result), " @", name, "(", declared, ")\ndefine ", _passed_ir_type(result), " @entry(", passed, ") {\n")
    for (i, T) in enumerate(types)
        T === Bool && (text = string(text, "  %b", i, " = trunc i8 %a", i, " to i1\n"))
    end
    call = string("call ", _ir_type(result), " @", name, "(", given, ")\n")
    result === Nothing && return string(text, "  ", call, "  ret void\n}\n")
    result === Bool && return string(text, "  %r = ", call, "  %z = zext i1 %r to i8\n  ret i8 %z\n}\n")
    return string(text, "  %r = ", call, "  ret ", _ir_type(result), " %r\n}\n")
end

# One element of an array.
struct RefArray{T,A<:AbstractArray{T}} <: Ref{T}
    x::A
    i::Int
end
Ref(x::AbstractArray, i::Integer) = (checkbounds(x, i); RefArray{eltype(x),typeof(x)}(x, Int(i)))
Ref{T}(x::AbstractArray{T}, i::Integer) where {T} = Ref(x, i)
getindex(r::RefArray) = r.x[r.i]
setindex!(r::RefArray, v) = (r.x[r.i] = v; r)
isassigned(r::RefArray) = isassigned(r.x, r.i)
cconvert(::Type{Ptr{T}}, r::RefArray) where {T} = r
cconvert(::Type{Ref{T}}, r::RefArray{T}) where {T} = r
cconvert(::Type{Ref{T}}, a::Array{T}) where {T} = a
unsafe_convert(::Type{Ptr{T}}, r::RefArray) where {T} = Ptr{T}(pointer(r.x, r.i))
unsafe_convert(::Type{Ref{T}}, r::RefArray{T}) where {T} = Ptr{T}(pointer(r.x, r.i))
unsafe_convert(::Type{Ref{T}}, a::Array{T}) where {T} = pointer(a)
# An array of texts, as C's main has them.
struct _Pointers{T}
    pointers::Vector{Ptr{T}}
    texts::Vector{Any}
end
function cconvert(::Type{Ptr{P}}, a::Array{<:Union{String,Cstring}}) where {T,P<:Union{Ptr{T},Cstring}}
    texts = Any[cconvert(Cstring, s) for s in a]
    pointers = Ptr{UInt8}[Ptr{UInt8}(unsafe_convert(Cstring, s)) for s in texts]
    return _Pointers{UInt8}(push!(pointers, C_NULL), texts)
end
unsafe_convert(::Type{Ptr{P}}, a::_Pointers) where {P} = Ptr{P}(pointer(a.pointers))
unsafe_copyto!(dest::Array, to::Integer, from::Array, at::Integer, n::Integer) = copyto!(dest, to, from, at, n)
pointer(v::SubArray{T,1}) where {T} = pointer(parent(v)) + (first(parentindices(v)[1]) - 1) * _element_stride(parent(v))
pointer(v::SubArray{T,1}, i::Integer) where {T} = pointer(v) + (i - 1) * _element_stride(parent(v))
cconvert(::Type{Ptr{T}}, v::SubArray{T}) where {T} = v
cconvert(::Type{Ptr{T}}, v::CodeUnits{UInt8}) where {T<:Union{UInt8,Int8,Nothing}} = cconvert(Ptr{T}, v.s)
pointer(v::CodeUnits{UInt8}) = pointer(v.s)
unsafe_convert(::Type{Ptr{T}}, v::SubArray{T}) where {T} = pointer(v)

cconvert(::Type{Cwstring}, s::AbstractString) = push!(transcode(Cwchar_t, String(s)), Cwchar_t(0))
cconvert(::Type{Cwstring}, s::Symbol) = cconvert(Cwstring, String(s))
cconvert(::Type{Cwstring}, p::Ptr) = p
Cwstring(p::Ptr) = Core.Intrinsics.bitcast(Cwstring, p)
Ptr{T}(p::Cwstring) where {T} = Core.Intrinsics.bitcast(Ptr{T}, p)
convert(::Type{Cwstring}, p::Ptr) = Cwstring(p)
unsafe_convert(::Type{Cwstring}, p::Ptr) = Cwstring(p)
unsafe_convert(::Type{Ptr{T}}, p::Cwstring) where {T<:Union{Cwchar_t,Nothing}} = Ptr{T}(p)
function unsafe_convert(::Type{Cwstring}, v::Vector{Cwchar_t})
    for i in 1:length(v)-1
        v[i] == 0 && throw(ArgumentError("embedded NULs are not allowed in C strings: $(repr(transcode(String, v[1:end-1])))"))
    end
    (isempty(v) || v[end] != 0) && throw(ArgumentError("C string data must be NUL terminated: $v"))
    return Cwstring(pointer(v))
end
function unsafe_string(s::Cwstring)
    p = Ptr{Cwchar_t}(s)
    n = ccall(:wcslen, Csize_t, (Ptr{Cwchar_t},), _check_pointer(p))
    return transcode(String, Cwchar_t[unsafe_load(p, i) for i in 1:n])
end

unsafe_wrap(::Union{Type{Array},Type{Array{T}},Type{Vector{T}}}, p::Ptr{T}, n::Integer; own::Bool=false) where {T} =
    _wrapped(p, (Int(n),), own)
unsafe_wrap(::Union{Type{Array},Type{Array{T}},Type{Array{T,N}}}, p::Ptr{T}, dims::NTuple{N,Integer}; own::Bool=false) where {T,N} =
    _wrapped(p, map(Int, dims), own)
unsafe_wrap(::Type{Memory}, p::Ptr{T}, n::Integer; own::Bool=false) where {T} = _memory_over(p, Int(n), own)
function _memory_over(p::Ptr{T}, n::Int, own::Bool) where {T}
    n < 0 && throw(ArgumentError("invalid GenericMemory size: the number of elements is either negative or too large for system address width"))
    return ccall(:jl_memory_of_pointer, Any, (Any, Ptr{Cvoid}, Int64, Int32), Memory{T}, p, n, own)::Memory{T}
end
@eval function _wrapped(p::Ptr{T}, dims::NTuple{N,Int}, own::Bool) where {T,N}
    any(d -> d < 0, dims) && throw(ArgumentError("invalid Array dimensions"))
    ref = Core.memoryrefnew(_memory_over(p, _checked_length(dims...), own))
    return $(Expr(:new, :(Array{T,N}), :ref, :dims))
end
export unsafe_wrap

systemerror(what, failed::Bool; extrainfo=nothing) = failed ? systemerror(what; extrainfo=extrainfo) : nothing
systemerror(what; extrainfo=nothing) = throw(SystemError(string(what), Libc.errno(), extrainfo))
export systemerror
