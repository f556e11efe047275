# SPDX-License-Identifier: MIT
# Locks. What waits for more than a lock is in conditions.jl.

abstract type AbstractLock end
# The runtime knows this layout (jl/runtime/lock.h). What is an object is not set while nobody has or wants the lock.
mutable struct ReentrantLock <: AbstractLock
    locked_by::Any
    reentrancy_cnt::Int
    guard::Int
    first_waiting::Any
    last_waiting::Any
    ReentrantLock() = (l = new(); setfield!(l, :reentrancy_cnt, 0); setfield!(l, :guard, 0); l)
end
lock(l::ReentrantLock) = ccall(:jl_lock, Cvoid, (Any,), l)
trylock(l::ReentrantLock) = ccall(:jl_try_lock, UInt8, (Any,), l) !== 0x00
unlock(l::ReentrantLock) = ccall(:jl_unlock, Cvoid, (Any,), l)
islocked(l::ReentrantLock) = ccall(:jl_is_locked, UInt8, (Any, Any), l, nothing) !== 0x00
_has_lock(l::ReentrantLock) = ccall(:jl_is_locked, UInt8, (Any, Any), l, current_task()) !== 0x00
show(io::IO, l::ReentrantLock) = print(io, "ReentrantLock() (", islocked(l) ? "locked by " : "unlocked", islocked(l) ? l.locked_by : "", ")")
function lock(f, l::AbstractLock)
    lock(l)
    try
        return f()
    finally
        unlock(l)
    end
end
function trylock(f, l::AbstractLock)
    trylock(l) || return false
    try
        return f()
    finally
        unlock(l)
    end
end
macro lock(l, ex)
    return quote
        local l = $(esc(l))
        lock(l)
        try
            $(esc(ex))
        finally
            unlock(l)
        end
    end
end
# How often this task has it, all given up; to be taken again with `_lock_all`.
function _unlock_all(l::ReentrantLock)
    n = l.reentrancy_cnt
    for _ in 1:n
        unlock(l)
    end
    return n
end
function _lock_all(l::ReentrantLock, n)
    for _ in 1:n
        lock(l)
    end
end
# The lock of `Condition`: one that the tasks of one thread need not take.
mutable struct AlwaysLockedST <: AbstractLock
    ownertid::Int
    AlwaysLockedST() = new(ccall(:jl_task_thread, Int64, (Any,), current_task()))
end
_has_lock(l::AlwaysLockedST) = l.ownertid == ccall(:jl_task_thread, Int64, (Any,), current_task())
islocked(l::AlwaysLockedST) = true
lock(l::AlwaysLockedST) = _has_lock(l) ? nothing : throw(ConcurrencyViolationError("lock must be held"))
trylock(l::AlwaysLockedST) = _has_lock(l)
unlock(l::AlwaysLockedST) = lock(l)
_unlock_all(l::AbstractLock) = (unlock(l); 1)
_lock_all(l::AbstractLock, n) = lock(l)
export AbstractLock, ReentrantLock, lock, unlock, trylock, islocked, @lock
