# SPDX-License-Identifier: MIT
# Sleeping, timers, waiting for something with a limit.

_nanoseconds(seconds) = round(UInt64, min(Float64(seconds), 1.0e9) * 1.0e9)
_deadline(seconds) = time_ns() + _nanoseconds(seconds)
# False when it was woken by something else before.
_sleep_until(deadline::UInt64) = ccall(:jl_task_sleep, UInt8, (UInt64,), deadline) === 0x00
function sleep(seconds::Real)
    seconds >= 0 || throw(ArgumentError("cannot sleep for $seconds seconds"))
    _sleep_until(_deadline(seconds))
    return nothing
end

# What changes does so under the lock of `changed`.
mutable struct Timer
    is_open::Bool
    is_set::Bool
    sleeps::Bool # its task, until the next time: only then may somebody wake it
    const changed::GenericCondition{ReentrantLock}
    task::Any
    const timeout::Float64
    const interval::Float64
end
Timer(timeout::Real; interval::Real=0.0) = Timer(nothing, timeout; interval)
function Timer(f, timeout::Real; interval::Real=0.0, spawn::Union{Nothing,Bool}=nothing)
    timeout >= 0 || throw(ArgumentError("timer cannot have negative timeout of $timeout seconds"))
    interval >= 0 || throw(ArgumentError("timer cannot have negative repeat interval of $interval seconds"))
    t = Timer(true, false, false, GenericCondition(ReentrantLock()), nothing, timeout, interval)
    first = _deadline(timeout)
    t.task = Task(() -> _run_timer(t, f, first))
    setfield!(t.task, :sticky, spawn === nothing ? getfield(current_task(), :sticky) : !spawn)
    schedule(t.task)
    return t
end
function _run_timer(t::Timer, f, deadline::UInt64)
    while _sleep_while_open(t, deadline)
        @lock t.changed begin
            t.interval == 0 && (t.is_open = false)
            t.is_set = true
            notify(t.changed, true)
        end
        f === nothing || _call_back(t, f)
        deadline = max(deadline + _nanoseconds(t.interval), time_ns())
    end
end
# Is it still open at the deadline?
function _sleep_while_open(t::Timer, deadline::UInt64)
    while true
        @lock t.changed begin
            t.is_open || return false
            t.sleeps = true
        end
        passed = _sleep_until(deadline)
        @lock t.changed begin
            t.sleeps = false
            passed && return t.is_open
        end
    end
end
function _call_back(t::Timer, f)
    try
        f(t)
    catch
        write(stderr, string("Error in Timer:\n", _task_exception_text(current_task()), "\n"))
        close(t)
    end
end
isopen(t::Timer) = t.is_open
function close(t::Timer)
    @lock t.changed begin
        t.is_open || return nothing
        t.is_open = false
        notify(t.changed, EOFError(); error=true)
        t.sleeps && ccall(:jl_task_try_schedule, UInt8, (Any, Any, UInt8), t.task, nothing, false)
    end
    return nothing
end
function wait(t::Timer)
    @lock t.changed begin
        if !t.is_set
            t.is_open || throw(EOFError())
            wait(t.changed)
        end
        t.is_set = false
    end
    return nothing
end
show(io::IO, t::Timer) = print(io, "Timer (", t.is_open ? "open" : "closed", ", timeout: ", t.timeout, " s, interval: ", t.interval, " s) @0x",
    string(UInt(pointer_from_objref(t)); base=16, pad=16))
function timedwait(test, timeout::Real; pollint::Real=0.1)
    pollint >= 1e-3 || throw(ArgumentError("pollint must be ≥ 1 millisecond"))
    deadline = time() + timeout
    while true
        test() && return :ok
        left = deadline - time()
        left > 0 || return :timed_out
        sleep(min(pollint, left))
    end
end
export sleep, Timer, timedwait
