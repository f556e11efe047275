# SPDX-License-Identifier: MIT
# Functions about functions: Returns, retry, hints for errors.

# A function that gives the same value whatever it is called with.
struct Returns{V} <: Function
    value::V
    Returns{V}(value) where {V} = new{V}(value)
    Returns(value) = new{Core.Typeof(value)}(value)
end
(r::Returns)(@nospecialize(args...); @nospecialize(kwargs...)) = r.value
show(io::IO, r::Returns) = (print(io, typeof(r), '('); show(io, r.value); print(io, ')'))
show(io::IO, s::Splat) = (print(io, "splat("); show(io, s.f); print(io, ')'))

# Delays that grow by a factor up to a limit.
struct ExponentialBackOff
    n::Int
    first_delay::Float64
    max_delay::Float64
    factor::Float64
    jitter::Float64
    function ExponentialBackOff(n, first_delay, max_delay, factor, jitter)
        all(x -> x >= 0, (n, first_delay, max_delay, factor, jitter)) || error("all inputs must be non-negative")
        return new(n, first_delay, max_delay, factor, jitter)
    end
end
ExponentialBackOff(; n=1, first_delay=0.05, max_delay=10.0, factor=5.0, jitter=0.1) =
    ExponentialBackOff(n, first_delay, max_delay, factor, jitter)
function iterate(b::ExponentialBackOff, state=(b.n, min(b.first_delay, b.max_delay)))
    left, delay = state
    left < 1 && return nothing
    spread = 2 * ((time_ns() % 1000) / 1000) - 1 # not reproducible on purpose
    next = min(b.max_delay, delay * b.factor)
    return delay, (left - 1, max(0.0, next * (1 + b.jitter * spread)))
end
length(b::ExponentialBackOff) = b.n
eltype(::Type{ExponentialBackOff}) = Float64
# Calls f again after each delay while it throws what `check` lets pass.
function retry(f; delays=ExponentialBackOff(), check=nothing)
    return function (args...; kwargs...)
        y = iterate(delays)
        while y !== nothing
            delay, state = y
            try
                return f(args...; kwargs...)
            catch e
                again = check === nothing ? true : check(state, e)
                again = again isa Tuple ? ((state, again) = again; again) : again
                again === true || rethrow()
            end
            sleep(delay)
            y = iterate(delays, state)
        end
        return f(args...; kwargs...)
    end
end
export Returns, ExponentialBackOff, retry

showerror(io::IO, e::CanonicalIndexError) = print(io, "CanonicalIndexError: ", e.func, " not defined for ", e.type)

# Bytes that x and all it refers to take, each object once; types, modules and symbols belong to nobody.
function summarysize(x; exclude=Union{Type,Module,Symbol,Core.SimpleVector,Method}, chargeall=Union{})
    seen = IdDict{Any,Nothing}()
    return Int(_size_of(x, seen, exclude))
end
function _size_of(x, seen, exclude)
    x isa exclude && return 0
    own = _own_bytes(x)
    if ismutable(x) || x isa String
        haskey(seen, x) && return 0
        seen[x] = nothing
    end
    return own + _held_bytes(x, seen, exclude)
end
_own_bytes(x) = Core.sizeof(x)
_own_bytes(a::Array) = 32 + 8 * ndims(a)
_own_bytes(s::String) = 8 + ncodeunits(s)
_held_bytes(x::Union{String,Number,Char}, seen, exclude) = 0
function _held_bytes(a::Array{T}, seen, exclude) where {T}
    n = length(a) * (isbitstype(T) ? Int(_element_stride(a)) : 8)
    isbitstype(T) && return n
    for i in eachindex(a)
        isassigned(a, i) && (n += _size_of(a[i], seen, exclude))
    end
    return n
end
function _held_bytes(x, seen, exclude)
    n = 0
    for i in 1:nfields(x)
        isdefined(x, i) || continue
        y = getfield(x, i)
        isbitstype(fieldtype(typeof(x), i)) || (n += _size_of(y, seen, exclude))
    end
    return n
end

module Experimental
const _error_hints = Base.IdDict{Any,Any}()
# `handler(io, exception, more...)` may add a line to what is shown for exceptions of type T.
function register_error_hint(@nospecialize(handler), @nospecialize(T::Type))
    Base.push!(Base.get!(() -> Any[], _error_hints, T), handler)
    return nothing
end
function show_error_hints(io, ex, args...)
    Base.isempty(_error_hints) && return nothing
    for handler in Base.get(_error_hints, Base.typeof(ex), ())
        try
            Base.invokelatest(handler, io, ex, args...)
        catch err
            Base.print(io, "\n  hint handler failed: ", err)
        end
    end
    return nothing
end
# @opaque (x::Int, y) -> body, or @opaque Tuple{Int,Any} -> Result (x, y) -> body; `_` stands for what the body itself says.
macro opaque(f)
    return _opaque(f, :nothing, :(Union{}), :Any)
end
macro opaque(signature, f)
    Base.Meta.isexpr(signature, :->, 2) || Base.error("Opaque closure type must be specified in the form Tuple{T,U...}->RT")
    given, result = signature.args
    Base.Meta.isexpr(result, :block) && (result = Base.only(Base.filter(x -> !(x isa LineNumberNode), result.args)))
    given = given === :_ ? :nothing : given
    return result === :_ ? _opaque(f, given, :(Union{}), :Any) : _opaque(f, given, result, result)
end
function _opaque(f, given, lowest, highest)
    Base.Meta.isexpr(f, :->, 2) || Base.error("@opaque expects an anonymous function, as in @opaque x -> x + 1")
    return Expr(:call, GlobalRef(Core, :_new_opaque_closure), esc(f), esc(given), esc(lowest), esc(highest))
end
end
Core.OpaqueClosure(x, args...; kwargs...) = error("an OpaqueClosure is made by Base.Experimental.@opaque here, not of ", typeof(x))
# (::Int64)::Int64->◌
function show(io::IO, oc::Core.OpaqueClosure)
    A, R = typeof(oc).parameters
    print(io, "(", join(map(T -> string("::", T), unwrap_unionall(A).parameters), ", "), ")::", R, "->◌")
end
show(io::IO, ::MIME"text/plain", oc::Core.OpaqueClosure) = show(io, oc)
