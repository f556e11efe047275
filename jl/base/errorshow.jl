# SPDX-License-Identifier: MIT
# showerror: what an exception says to the user. Core's exceptions without values to show are worded by the runtime.

showerror(e) = showerror(stderr, e)
_runtime_message(e) = ccall(:jl_error_message, Any, (Any,), e)::String
showerror(io::IO, e) = show(io, e)
showerror(io::IO, e, bt; backtrace::Bool=true) = (showerror(io, e); backtrace && print(io, "\n", _backtrace_text(bt)))
# For the runtime: what an exception that nobody caught says, and whether that includes all it wants to say of the trace.
function _uncaught_text(e, bt)
    has_own = e isa TaskFailedException || which(showerror, Tuple{IO,typeof(e),typeof(bt)}).module !== Base
    return (has_own ? sprint(showerror, e, bt) : sprint(showerror, e), has_own)
end
_backtrace_text(bt) = bt === nothing ? "" : ccall(:jl_backtrace_text, Any, (Any,), bt)::String
showerror(io::IO, e::ErrorException) = print(io, e.msg)
showerror(io::IO, e::ArgumentError) = print(io, "ArgumentError: ", e.msg)
showerror(io::IO, e::AssertionError) = print(io, "AssertionError: ", e.msg)
showerror(io::IO, e::OverflowError) = print(io, "OverflowError: ", e.msg)
showerror(io::IO, e::DimensionMismatch) = isempty(e.msg) ? print(io, "DimensionMismatch") : print(io, "DimensionMismatch: ", e.msg)
showerror(io::IO, e::DivideError) = print(io, "DivideError: integer division error")
showerror(io::IO, e::KeyError) = (print(io, "KeyError: key "); show(io, e.key); print(io, " not found"))
showerror(io::IO, e::EOFError) = print(io, "EOFError: read end of file")
showerror(io::IO, e::MissingException) = print(io, "MissingException: ", e.msg)
showerror(io::IO, e::StackOverflowError) = print(io, "StackOverflowError:")
showerror(io::IO, e::InterruptException) = print(io, "InterruptException:")
showerror(io::IO, e::OutOfMemoryError) = print(io, "OutOfMemoryError()")
showerror(io::IO, e::UndefRefError) = print(io, "UndefRefError: access to undefined reference")
showerror(io::IO, e::UndefKeywordError) = print(io, "UndefKeywordError: keyword argument `", e.var, "` not assigned")
showerror(io::IO, e::ParseError) = print(io, "ParseError:\n", e.msg)
function showerror(io::IO, e::Union{UndefVarError,TypeError,FieldError,MethodError})
    print(io, _runtime_message(e))
    more = e isa MethodError && e.args isa Tuple ? (Any[map(Core.Typeof, e.args)...], ()) : ()
    Experimental.show_error_hints(io, e, more...)
    return nothing
end
function showerror(io::IO, e::DomainError)
    e.val isa AbstractArray ? print(IOContext(io, :compact => true, :limit => true), "DomainError with ", e.val) :
        print(io, "DomainError with ", e.val)
    print(io, ":\n", e.msg)
    return nothing
end
function showerror(io::IO, e::InexactError)
    print(io, "InexactError: ")
    T = e.T
    name = T isa DataType ? nameof(T) : T
    if name === e.func
        print(io, T, "(")
    else
        print(io, e.func, "(", T, ", ")
    end
    show(io, e.val)
    print(io, ")")
end
function showerror(io::IO, e::BoundsError)
    print(io, "BoundsError")
    isdefined(e, :a) || return nothing
    print(io, ": attempt to access ")
    summary(io, e.a)
    isdefined(e, :i) || return nothing
    print(io, " at index [")
    _show_index(io, e.i)
    print(io, ']')
    return nothing
end
function _show_index(io::IO, i)
    if i isa Tuple
        for k in 1:length(i)
            k > 1 && print(io, ", ")
            _show_one_index(io, i[k])
        end
    else
        _show_one_index(io, i)
    end
end
_show_one_index(io::IO, i) = show(io, i)
_show_one_index(io::IO, i::Union{Integer,AbstractString}) = i isa AbstractString ? show(io, i) : print(io, i)
_show_one_index(io::IO, ::Colon) = print(io, ':')
_show_one_index(io::IO, r::OneTo) = print(io, "1:", last(r))
function showerror(io::IO, e::StringIndexError)
    s, i = e.string, e.index
    print(io, "StringIndexError: ")
    n = ncodeunits(s)
    if 1 <= i <= n
        from = thisind(s, i)
        next = nextind(s, from)
        print(io, "invalid index [", i, "], valid nearby ", next <= n ? "indices" : "index", " [", from, "]=>'", escape_string(string(s[from])), "'")
        next <= n && print(io, ", [", next, "]=>'", escape_string(string(s[next])), "'")
    else
        print(io, "invalid index [", i, "]")
    end
end
showerror(io::IO, e::CodePointError) = print(io, "Base.CodePointError: invalid Unicode code point ", repr(e.code))
showerror(io::IO, e::InvalidCharError) = (print(io, "Base.InvalidCharError: "); show(io, e.char); print(io, " is no valid character"))
showerror(io::IO, e::IOError) = print(io, "IOError: ", e.msg)
function showerror(io::IO, e::SystemError)
    print(io, "SystemError: ", e.prefix, ": ", _error_text(e.errnum))
end
function showerror(io::IO, e::LoadError)
    print(io, "LoadError: ")
    showerror(io, e.error)
    print(io, "\nin expression starting at ", e.file, ":", e.line)
end
struct CompositeException <: Exception
    exceptions::Vector{Any}
    CompositeException(exceptions=[]) = new(exceptions)
end
function showerror(io::IO, e::CompositeException)
    isempty(e.exceptions) && return print(io, "CompositeException()\n")
    showerror(io, e.exceptions[1])
    length(e.exceptions) > 1 && print(io, "\n\n...and ", length(e.exceptions) - 1, " more exception",
        length(e.exceptions) == 2 ? "" : "s", ".\n")
end
length(e::CompositeException) = length(e.exceptions)
isempty(e::CompositeException) = isempty(e.exceptions)
iterate(e::CompositeException, state...) = iterate(e.exceptions, state...)
eltype(::Type{CompositeException}) = Any
# An exception with the trace that it had, to be thrown again elsewhere.
struct CapturedException <: Exception
    ex::Any
    processed_bt::Vector{Any}
end
function showerror(io::IO, e::CapturedException)
    showerror(io, e.ex)
    isempty(e.processed_bt) || show_backtrace(io, e.processed_bt)
end
show(io::IO, e::LoadError) = _show_struct(io, e)
export showerror, CapturedException

# --- Exceptions being handled
rethrow() = ccall(:jl_rethrow, Union{}, ())
rethrow(e) = ccall(:jl_rethrow_other, Union{}, (Any,), e)
backtrace() = ccall(:jl_backtrace, Any, ())
catch_backtrace() = ccall(:jl_catch_backtrace, Any, ())
# A backtrace is a sequence of frames.
length(bt::Core.Backtrace) = length(stacktrace(bt))
isempty(bt::Core.Backtrace) = length(bt) == 0
getindex(bt::Core.Backtrace, i) = stacktrace(bt)[i]
firstindex(bt::Core.Backtrace) = 1
lastindex(bt::Core.Backtrace) = length(bt)
eltype(::Type{Core.Backtrace}) = StackTraces.StackFrame
iterate(bt::Core.Backtrace, frames=(stacktrace(bt), 1)) = frames[2] > length(frames[1]) ? nothing : (frames[1][frames[2]], (frames[1], frames[2] + 1))
struct ExceptionStack <: AbstractArray{Any,1}
    stack::Vector{Any}
end
size(s::ExceptionStack) = size(s.stack)
getindex(s::ExceptionStack, i::Int) = s.stack[i]
function current_exceptions(task::Task=current_task(); backtrace::Bool=true)
    flat = ccall(:jl_exception_stack, Any, (Any,), task)::Vector{Any}
    return ExceptionStack(Any[(exception=flat[i], backtrace=backtrace ? flat[i+1] : nothing) for i in 1:2:length(flat)])
end
function display_error(io::IO, e, bt=nothing)
    print(io, "ERROR: ")
    showerror(io, e)
    bt === nothing || print(io, "\n", _backtrace_text(bt))
    println(io)
end
show_backtrace(io::IO, bt) = print(io, "\n", _backtrace_text(bt))
export rethrow, backtrace, catch_backtrace, current_exceptions

# --- Frames
module StackTraces
using Base: Symbol, Int, Bool, Any, UInt, String, Vector
struct StackFrame
    func::Symbol
    file::Symbol
    line::Int
    linfo::Any # here the module, or nothing
    from_c::Bool
    inlined::Bool
    pointer::UInt
end
StackFrame(f::Core.SimpleVector) = StackFrame(_name(f[1]), Symbol(f[2]), f[3], f[5], false, f[4], 0)
# The method's name in a frame's text: `f(x::Int64)`, `(::P{Int64})(x)`, `(::var"#1#2")(x)`.
function _name(text::String)
    is_object = Base.startswith(text, "(::")
    text = is_object ? Base.chopprefix(Base.chopprefix(text, "(::"), "var\"") : text
    i = Base.findnext(Base.in(is_object ? "#{)" : "("), text, Base.min(2, Base.ncodeunits(text)))
    return Symbol(i === nothing ? text : text[1:Base.prevind(text, i)])
end
function Base.show(io::Base.IO, f::StackFrame)
    Base.print(io, f.func, " at ", f.file, ':', f.line)
    f.inlined && Base.print(io, " [inlined]")
end
Base.:(==)(a::StackFrame, b::StackFrame) = a.func === b.func && a.file === b.file && a.line === b.line && a.inlined === b.inlined
stacktrace(bt=Base.backtrace(), c_funcs::Bool=false) = StackFrame[StackFrame(f) for f in ccall(:jl_backtrace_frames, Any, (Any,), bt)::Vector{Any}]
export StackFrame, StackTrace, stacktrace
const StackTrace = Vector{StackFrame}
end
using .StackTraces: stacktrace
export StackTraces, stacktrace
