# SPDX-License-Identifier: MIT
# Conditions, events, semaphores, and values that have a lock.

# --- Tasks that wait, linked through Task.next.
mutable struct _WaitQueue
    first::Union{Nothing,Task}
    last::Union{Nothing,Task}
    _WaitQueue() = new(nothing, nothing)
end
isempty(q::_WaitQueue) = q.first === nothing
function length(q::_WaitQueue)
    n = 0
    t = q.first
    while t !== nothing
        n += 1
        t = getfield(t, :next)::Union{Nothing,Task}
    end
    return n
end
function push!(q::_WaitQueue, t::Task)
    setfield!(t, :next, nothing)
    last = q.last
    last === nothing ? (q.first = t) : setfield!(last, :next, t)
    q.last = t
    return q
end
function pushfirst!(q::_WaitQueue, t::Task)
    setfield!(t, :next, q.first)
    q.first = t
    q.last === nothing && (q.last = t)
    return q
end
function popfirst!(q::_WaitQueue)
    t = q.first::Task
    q.first = getfield(t, :next)::Union{Nothing,Task}
    q.first === nothing && (q.last = nothing)
    setfield!(t, :next, nothing)
    return t
end
# Nothing happens when it is not there.
function _delete!(q::_WaitQueue, t::Task)
    before = nothing
    at = q.first
    while at !== nothing
        next = getfield(at, :next)::Union{Nothing,Task}
        if at === t
            before === nothing ? (q.first = next) : setfield!(before, :next, next)
            q.last === t && (q.last = before)
            setfield!(t, :next, nothing)
            return q
        end
        before = at
        at = next
    end
    return q
end

# --- Conditions
struct GenericCondition{L<:AbstractLock}
    waitq::_WaitQueue
    lock::L
    GenericCondition{L}(l::L=L()) where {L<:AbstractLock} = new{L}(_WaitQueue(), l)
end
GenericCondition(l::L) where {L<:AbstractLock} = GenericCondition{L}(l)
const Condition = GenericCondition{AlwaysLockedST}
assert_havelock(c::GenericCondition) = _has_lock(c.lock) ? nothing : throw(ConcurrencyViolationError("lock must be held"))
lock(c::GenericCondition) = lock(c.lock)
unlock(c::GenericCondition) = unlock(c.lock)
trylock(c::GenericCondition) = trylock(c.lock)
islocked(c::GenericCondition) = islocked(c.lock)
lock(f, c::GenericCondition) = lock(f, c.lock)
isempty(c::GenericCondition) = isempty(c.waitq)
function wait(c::GenericCondition; first::Bool=false)
    t = current_task()
    assert_havelock(c)
    first ? pushfirst!(c.waitq, t) : push!(c.waitq, t)
    n = _unlock_all(c.lock)
    try
        return wait()
    finally
        _lock_all(c.lock, n)
        _delete!(c.waitq, t) # it is still there if it was woken by something else
    end
end
# How many it woke. Those that something else has woken already do not count.
function notify(c::GenericCondition, @nospecialize(arg=nothing); all::Bool=true, error::Bool=false)
    assert_havelock(c)
    woken = 0
    while !isempty(c.waitq)
        t = popfirst!(c.waitq)
        woken += ccall(:jl_task_try_schedule, UInt8, (Any, Any, UInt8), t, arg, error)
        all || woken == 0 || break
    end
    return woken
end

# --- Events and semaphores
mutable struct Event
    const notify::GenericCondition{ReentrantLock}
    const autoreset::Bool
    set::Bool
    Event(autoreset::Bool=false) = new(GenericCondition(ReentrantLock()), autoreset, false)
end
function wait(e::Event)
    @lock e.notify begin
        while !e.set
            wait(e.notify)
        end
        e.autoreset && (e.set = false)
    end
    return nothing
end
function notify(e::Event)
    @lock e.notify begin
        e.set = true
        notify(e.notify; all=!e.autoreset)
    end
    return nothing
end
function reset(e::Event)
    @lock e.notify (e.set = false)
    return nothing
end
mutable struct Semaphore
    const sem_size::Int
    curr_cnt::Int
    const cond_wait::GenericCondition{ReentrantLock}
    function Semaphore(n)
        n > 0 || throw(ArgumentError("Semaphore size must be > 0"))
        return new(n, 0, GenericCondition(ReentrantLock()))
    end
end
function acquire(s::Semaphore)
    @lock s.cond_wait begin
        while s.curr_cnt >= s.sem_size
            wait(s.cond_wait)
        end
        s.curr_cnt += 1
    end
    return nothing
end
function release(s::Semaphore)
    @lock s.cond_wait begin
        s.curr_cnt > 0 || error("release count must match acquire count")
        s.curr_cnt -= 1
        notify(s.cond_wait; all=false)
    end
    return nothing
end
function acquire(f, s::Semaphore)
    acquire(s)
    try
        return f()
    finally
        release(s)
    end
end
macro acquire(s, ex)
    return quote
        local s = $(esc(s))
        acquire(s)
        try
            $(esc(ex))
        finally
            release(s)
        end
    end
end
# A value that only whoever has the lock should look at.
mutable struct Lockable{T,L<:AbstractLock}
    const value::T
    const lock::L
end
Lockable(value) = Lockable(value, ReentrantLock())
getindex(l::Lockable) = (_has_lock(l.lock) || throw(ConcurrencyViolationError("lock must be held")); l.value)
lock(l::Lockable) = lock(l.lock)
unlock(l::Lockable) = unlock(l.lock)
trylock(l::Lockable) = trylock(l.lock)
islocked(l::Lockable) = islocked(l.lock)
function lock(f, l::Lockable)
    lock(l.lock)
    try
        return f(l.value)
    finally
        unlock(l.lock)
    end
end
# Runs its function once, however many ask.
mutable struct OncePerProcess{T,F}
    value::Union{Nothing,Some{T}}
    const initializer::F
    const lock::ReentrantLock
    OncePerProcess{T}(f::F) where {T,F} = new{T,F}(nothing, f, ReentrantLock())
end
OncePerProcess(f) = OncePerProcess{Any}(f)
function (once::OncePerProcess{T})() where {T}
    @lock once.lock begin
        once.value === nothing && (once.value = Some{T}(once.initializer()))
        return something(once.value)
    end
end
export Condition, notify, Semaphore, acquire, release, @acquire, Lockable
