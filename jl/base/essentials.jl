# SPDX-License-Identifier: MIT
# What everything else stands on: names of basic types, constructors of Core's types, errors, conversion.

# Types of Core whose constructors are defined here.
import Core: Ref, Array, GenericMemory, Ptr, Tuple, NamedTuple, String, Symbol, Char, Bool, Int8, Int16, Int32, Int64, Int128,
    UInt8, UInt16, UInt32, UInt64, UInt128, Float16, Float32, Float64, Integer, Signed, Unsigned, AbstractFloat, AbstractChar, Real,
    Number, Type, Vector, Matrix, Memory, Expr, GlobalRef, Module, Task, Function, AbstractString, Nothing

const Int = Int64
const UInt = UInt64
const Cvoid = Nothing
export Int, UInt, Cvoid

# Types that need no body of their own.
struct UndefInitializer end
const undef = UndefInitializer()
struct Val{x} end
Val(x) = Val{x}()
struct Colon <: Function end
const (:) = Colon()
abstract type AbstractDict{K,V} end
abstract type AbstractSet{T} end
abstract type AbstractRange{T} <: AbstractArray{T,1} end
abstract type OrdinalRange{T,S} <: AbstractRange{T} end
abstract type AbstractUnitRange{T} <: OrdinalRange{T,T} end
abstract type IO end
const AbstractVector{T} = AbstractArray{T,1}
const AbstractMatrix{T} = AbstractArray{T,2}
const AbstractVecOrMat{T} = Union{AbstractVector{T},AbstractMatrix{T}}
const VecOrMat{T} = Union{Vector{T},Matrix{T}}
const BitInteger = Union{Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128}
const BitSigned = Union{Int8,Int16,Int32,Int64,Int128}
const BitUnsigned = Union{UInt8,UInt16,UInt32,UInt64,UInt128}
const IEEEFloat = Union{Float16,Float32,Float64}
const Callable = Union{Function,Type}
export UndefInitializer, undef, Val, Colon, (:), AbstractDict, AbstractSet, AbstractRange, OrdinalRange, AbstractUnitRange,
    IO, AbstractVector, AbstractMatrix, AbstractVecOrMat, VecOrMat

# Core's exception types have no constructors of their own: `new` from outside goes through an expression.
Core.eval(Base, quote
    Core.ErrorException(msg) = $(Expr(:new, :(Core.ErrorException), :msg))
    Core.ArgumentError(msg) = $(Expr(:new, :(Core.ArgumentError), :msg))
    Core.AssertionError(msg) = $(Expr(:new, :(Core.AssertionError), :msg))
    Core.AssertionError() = AssertionError("")
    Core.ConcurrencyViolationError(msg) = $(Expr(:new, :(Core.ConcurrencyViolationError), :msg))
    Core.OverflowError(msg) = $(Expr(:new, :(Core.OverflowError), :msg))
    Core.BoundsError() = $(Expr(:new, :(Core.BoundsError)))
    Core.BoundsError(a) = $(Expr(:new, :(Core.BoundsError), :a))
    Core.BoundsError(a, i) = $(Expr(:new, :(Core.BoundsError), :a, :i))
    Core.DivideError() = $(Expr(:new, :(Core.DivideError)))
    Core.DomainError(val) = $(Expr(:new, :(Core.DomainError), :val, ""))
    Core.DomainError(val, msg) = $(Expr(:new, :(Core.DomainError), :val, :msg))
    Core.InexactError(f::Symbol, T, val) = $(Expr(:new, :(Core.InexactError), :f, :T, :val))
    Core.InterruptException() = $(Expr(:new, :(Core.InterruptException)))
    Core.OutOfMemoryError() = $(Expr(:new, :(Core.OutOfMemoryError)))
    Core.StackOverflowError() = $(Expr(:new, :(Core.StackOverflowError)))
    Core.UndefRefError() = $(Expr(:new, :(Core.UndefRefError)))
    Core.UndefVarError(var::Symbol) = $(Expr(:new, :(Core.UndefVarError), :var))
    Core.UndefKeywordError(var::Symbol) = $(Expr(:new, :(Core.UndefKeywordError), :var))
    Core.TypeError(func::Symbol, context, expected, got) = $(Expr(:new, :(Core.TypeError), :func, :context, :expected, :got))
    Core.TypeError(func::Symbol, expected, got) = TypeError(func, "", expected, got)
    Core.FieldError(type::DataType, field::Symbol) = $(Expr(:new, :(Core.FieldError), :type, :field))
    Core.MethodError(f, args, world) = $(Expr(:new, :(Core.MethodError), :f, :args, :world))
    Core.MethodError(f, args) = MethodError(f, args, typemax(UInt))
    Core.LoadError(file, line, error) = $(Expr(:new, :(Core.LoadError), :file, :line, :error))
    Core.QuoteNode(value) = $(Expr(:new, :(Core.QuoteNode), :value))
    Core.LineNumberNode(line::Int) = $(Expr(:new, :(Core.LineNumberNode), :line, nothing))
    Core.LineNumberNode(line::Int, file) = $(Expr(:new, :(Core.LineNumberNode), :line, :file))
    Core.Box(contents) = $(Expr(:new, :(Core.Box), :contents))
    Core.Box() = $(Expr(:new, :(Core.Box)))
    (::Type{T})(x::T) where {T<:Core.Box} = x
end)
struct KeyError <: Exception
    key
end
struct EOFError <: Exception end
struct MissingException <: Exception
    msg
end
struct DimensionMismatch <: Exception
    msg
end
DimensionMismatch() = DimensionMismatch("")
struct StringIndexError <: Exception
    string
    index::Int
end
struct SystemError <: Exception
    prefix
    errnum::Int
    extrainfo
end
SystemError(prefix, errnum) = SystemError(prefix, errnum, nothing)
# What the operating system says of files and folders that are named.
struct IOError <: Exception
    msg::AbstractString
    code::Int32 # -errno
end
export KeyError, EOFError, MissingException, DimensionMismatch, StringIndexError, SystemError

Core.eval(Core, :(Typeof(x) = x isa Type ? Type{x} : typeof(x)))
@noinline error(s::String) = throw(ErrorException(s))
@noinline error(s...) = throw(ErrorException(string(s...)))
error() = throw(ErrorException(""))
export error

# Iteration in destructuring: `a, b = x`.
indexed_iterate(t::Tuple, i::Int, state=1) = (getfield(t, i), i + 1)
indexed_iterate(t::NamedTuple, i::Int, state=1) = (getfield(t, i), i + 1)
function indexed_iterate(itr, i, state...)
    next = iterate(itr, state...)
    next === nothing && throw(BoundsError(itr, i))
    return next
end
rest(t::Tuple, i::Int) = _tuple_from(t, i)
rest(t::Tuple) = t
rest(a::Array, i::Int=1) = a[i:end]
rest(itr, state...) = Iterators.rest(itr, state...)

identity(x) = x
convert(::Type{Any}, x) = x
convert(::Type{T}, x::T) where {T} = x
convert(::Type{Type}, x::Type) = x
# Symbols are not made from anything else by conversion.
cconvert(::Type{T}, x) where {T} = x isa T ? x : convert(T, x)
# What is given for a pointer stays as it is: unsafe_convert knows how to get at an address.
cconvert(::Type{<:Ptr}, x) = x
unsafe_convert(::Type{T}, x::T) where {T} = x
oftype(x, y) = convert(typeof(x), y)
export identity, convert, oftype

getproperty(x, f::Symbol) = (@inline; getfield(x, f))
getproperty(x::Type, f::Symbol) = (@inline; getfield(x, f))
getproperty(x::Tuple, f::Int) = (@inline; getfield(x, f))
getproperty(x::Module, f::Symbol) = (@inline; getglobal(x, f))
setproperty!(x, f::Symbol, v) = setfield!(x, f, convert(fieldtype(typeof(x), f), v))
setproperty!(x::Module, f::Symbol, v) = setglobal!(x, f, v)
swapproperty!(x, f::Symbol, v, order::Symbol=:not_atomic) = swapfield!(x, f, convert(fieldtype(typeof(x), f), v))
modifyproperty!(x, f::Symbol, op, v, order::Symbol=:not_atomic) = modifyfield!(x, f, op, v)
replaceproperty!(x, f::Symbol, expected, desired, success_order::Symbol=:not_atomic, fail_order::Symbol=success_order) =
    replacefield!(x, f, expected, convert(fieldtype(typeof(x), f), desired))
setpropertyonce!(x, f::Symbol, desired, success_order::Symbol=:not_atomic, fail_order::Symbol=success_order) =
    setfieldonce!(x, f, convert(fieldtype(typeof(x), f), desired))
propertynames(x) = fieldnames(typeof(x))
propertynames(m::Module) = names(m)
propertynames(x, private::Bool) = propertynames(x)
hasproperty(x, s::Symbol) = s in propertynames(x)
export getproperty, setproperty!, swapproperty!, modifyproperty!, replaceproperty!, setpropertyonce!, propertynames, hasproperty

isnothing(x) = x === nothing
struct Some{T}
    value::T
end
something() = throw(ArgumentError("No value arguments present"))
something(x::Nothing, y...) = something(y...)
something(x::Some, y...) = x.value
something(x, y...) = x
export isnothing, Some, something

struct Missing end
const missing = Missing()
ismissing(x) = x === missing
coalesce() = missing
coalesce(x::Missing, y...) = coalesce(y...)
coalesce(x, y...) = x
export Missing, missing, ismissing, coalesce

invokelatest(f, args...; kwargs...) = _invokelatest(f, args, values(kwargs))
_invokelatest(f, args, kwargs::NamedTuple{()}) = Core._call_latest(f, args...)
_invokelatest(f, args, kwargs::NamedTuple) = Core._call_latest(Core.kwcall, kwargs, f, args...)
export invokelatest

mutable struct RefValue{T} <: Ref{T}
    x::T
    RefValue{T}() where {T} = new()
    RefValue{T}(x) where {T} = new(x)
end
RefValue(x::T) where {T} = RefValue{T}(x)
Ref(x) = RefValue(x)
Ref{T}(x) where {T} = RefValue{T}(convert(T, x))
Ref{T}() where {T} = RefValue{T}()
getindex(r::RefValue) = r.x
setindex!(r::RefValue, v) = (r.x = v; r)
isassigned(r::RefValue) = isdefined(r, :x)
eltype(::Type{<:Ref{T}}) where {T} = T
export Ref, isassigned
