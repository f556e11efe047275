# SPDX-License-Identifier: MIT
# Channels: queues between tasks, with room for some items or none.

struct InvalidStateException <: Exception
    msg::String
    state::Symbol
end
showerror(io::IO, e::InvalidStateException) = print(io, "InvalidStateException: ", e.msg)
abstract type AbstractChannel{T} end
mutable struct Channel{T} <: AbstractChannel{T}
    const cond_take::GenericCondition{ReentrantLock} # those that wait for an item
    const cond_wait::GenericCondition{ReentrantLock} # those that only wait for there to be one
    const cond_put::GenericCondition{ReentrantLock}  # those that wait for room, or for somebody to take
    state::Symbol
    excp::Any
    const data::Vector{T}
    n_avail_items::Int # with those of tasks that wait to put theirs
    const sz_max::Int
    function Channel{T}(size::Integer=0) where {T}
        size < 0 && throw(ArgumentError("Channel size must be either 0, a positive integer or Inf"))
        l = ReentrantLock()
        return new{T}(GenericCondition(l), GenericCondition(l), GenericCondition(l), :open, nothing, T[], 0, size)
    end
end
function Channel{T}(size::Float64) where {T}
    size == Inf && return Channel{T}(typemax(Int))
    return Channel{T}(convert(Int, size))
end
Channel(size=0) = Channel{Any}(size)
function Channel{T}(f::Function, size=0; taskref=nothing, spawn::Bool=false, threadpool=nothing) where {T}
    c = Channel{T}(size)
    t = Task(() -> f(c))
    spawn && setfield!(t, :sticky, false)
    bind(c, t)
    taskref === nothing || (taskref[] = t)
    spawn || isbuffered(c) ? schedule(t) : yield(t)
    return c
end
Channel(f::Function, args...; kwargs...) = Channel{Any}(f, args...; kwargs...)
eltype(::Type{Channel{T}}) where {T} = T
IteratorSize(::Type{<:AbstractChannel}) = SizeUnknown()
isbuffered(c::Channel) = c.sz_max != 0
isopen(c::Channel) = c.state === :open
isempty(c::Channel) = isbuffered(c) ? isempty(c.data) : isempty(c.cond_put.waitq)
isfull(c::Channel) = isbuffered(c) ? length(c.data) >= c.sz_max : isempty(c.cond_take.waitq)
isready(c::Channel) = c.n_avail_items > 0
n_avail(c::Channel) = c.n_avail_items
lock(c::Channel) = lock(c.cond_take)
lock(f, c::Channel) = lock(f, c.cond_take)
unlock(c::Channel) = unlock(c.cond_take)
trylock(c::Channel) = trylock(c.cond_take)
islocked(c::Channel) = islocked(c.cond_take)
closed_exception() = InvalidStateException("Channel is closed.", :closed)
function check_channel_state(c::Channel)
    c.state === :open && return nothing
    throw(c.excp === nothing ? closed_exception() : c.excp)
end
close(c::Channel) = close(c, closed_exception())
function close(c::Channel, @nospecialize(e))
    @lock c begin
        c.excp = e
        c.state = :closed
        notify(c.cond_take, e; error=true)
        notify(c.cond_wait, e; error=true)
        notify(c.cond_put, e; error=true)
    end
    return nothing
end
# The channel closes when the task ends, with its exception if it failed.
function bind(c::Channel, task::Task)
    closer = Task() do
        isopen(c) || return nothing
        istaskfailed(task) ? close(c, TaskFailedException(task)) : close(c)
    end
    setfield!(closer, :sticky, getfield(task, :sticky))
    _wait2(task, closer)
    return c
end
function channeled_tasks(n::Int, funcs...; ctypes=fill(Any, n), csizes=fill(0, n))
    chnls = [Channel{ctypes[i]}(csizes[i]) for i in 1:n]
    tasks = Task[Task(() -> f(chnls...)) for f in funcs]
    foreach(t -> foreach(c -> bind(c, t), chnls), tasks)
    foreach(schedule, tasks)
    yield()
    return (chnls, tasks)
end

# --- Putting
function put!(c::Channel{T}, v) where {T}
    check_channel_state(c)
    item = convert(T, v)
    isbuffered(c) ? _put_in_buffer(c, item) : _hand_over(c, item)
    return item
end
function _put_in_buffer(c::Channel, v)
    lock(c)
    c.n_avail_items += 1
    placed = false
    try
        while length(c.data) >= c.sz_max
            check_channel_state(c)
            wait(c.cond_put)
        end
        check_channel_state(c)
        push!(c.data, v)
        placed = true
        notify(c.cond_take; all=false)
        notify(c.cond_wait)
    finally
        placed || (c.n_avail_items -= 1)
        unlock(c)
    end
end
# The item goes straight to whoever takes it, who goes on at once.
function _hand_over(c::Channel, v)
    lock(c)
    c.n_avail_items += 1
    local taker
    try
        while (taker = _give_to_taker(c, Some(v))) === nothing
            check_channel_state(c)
            notify(c.cond_wait)
            wait(c.cond_put)
        end
    finally
        c.n_avail_items -= 1
        unlock(c)
    end
    if ccall(:jl_task_thread, Int64, (Any,), taker) == ccall(:jl_task_thread, Int64, (Any,), current_task())
        yield(taker, Some(v))
    else
        yield()
    end
end
# Who gets it: the first of those that wait whom nothing else has woken. Nobody once the channel is closed.
function _give_to_taker(c::Channel, item::Some)
    while isopen(c) && !isempty(c.cond_take.waitq)
        taker = popfirst!(c.cond_take.waitq)
        ccall(:jl_task_try_schedule, UInt8, (Any, Any, UInt8), taker, item, false) === 0x00 || return taker
    end
    return nothing
end

# --- Taking
take!(c::Channel) = isbuffered(c) ? _take_from_buffer(c) : _take_over(c)
function _take_from_buffer(c::Channel)
    lock(c)
    try
        while isempty(c.data)
            check_channel_state(c)
            wait(c.cond_take)
        end
        v = popfirst!(c.data)
        c.n_avail_items -= 1
        notify(c.cond_put; all=false)
        return v
    finally
        unlock(c)
    end
end
function _take_over(c::Channel{T}) where {T}
    lock(c)
    try
        check_channel_state(c)
        notify(c.cond_put; all=false)
        return (wait(c.cond_take)::Some).value::T
    finally
        unlock(c)
    end
end
function fetch(c::Channel)
    isbuffered(c) || throw(ErrorException("`fetch` is not supported on an unbuffered Channel."))
    lock(c)
    try
        while isempty(c.data)
            check_channel_state(c)
            wait(c.cond_wait)
        end
        return c.data[1]
    finally
        unlock(c)
    end
end
popfirst!(c::Channel) = take!(c)
push!(c::Channel, v) = put!(c, v)
append!(c::Channel, itr) = (foreach(v -> put!(c, v), itr); c)
function empty!(c::Channel)
    @lock c begin
        c.n_avail_items -= length(c.data) # those of tasks that wait to put theirs stay
        empty!(c.data)
        notify(c.cond_put)
    end
    return c
end
function wait(c::Channel)
    isready(c) && return nothing
    lock(c)
    try
        while !isready(c)
            check_channel_state(c)
            wait(c.cond_wait)
        end
    finally
        unlock(c)
    end
    return nothing
end
function iterate(c::Channel, state=nothing)
    isopen(c) || isready(c) || return _end_of(c)
    try
        return (take!(c), nothing)
    catch e
        e isa InvalidStateException && e.state === :closed || rethrow()
        return nothing
    end
end
_end_of(c::Channel) = c.excp isa InvalidStateException ? nothing : throw(c.excp)
show(io::IO, c::Channel) = print(io, typeof(c), "(", c.sz_max, ")")
function show(io::IO, ::MIME"text/plain", c::Channel)
    show(io, c)
    get(io, :compact, false) && return nothing
    n = c.n_avail_items
    print(io, !isopen(c) ? " (closed)" : n == 0 ? " (empty)" : string(" (", n, " item", n == 1 ? "" : "s", " available)"))
end
export AbstractChannel, Channel, InvalidStateException, put!, take!, isready, isbuffered, bind, isfull, n_avail
