# SPDX-License-Identifier: MIT
# Threads: how many, running loops on all of them, atomic cells.

module Threads
using Base: AbstractLock, GenericCondition, ReentrantLock, Event, _task_expression
nthreads(pool::Symbol=:default) = pool === :default ? ccall(:jl_thread_count, Int64, ()) : 0
maxthreadid() = nthreads()
nthreadpools() = 1
threadid() = ccall(:jl_task_thread, Int64, (Any,), Base.current_task())
threadid(t::Base.Task) = ccall(:jl_task_thread, Int64, (Any,), t)
threadpool(tid=threadid()) = :default
threadpoolsize(pool::Symbol=:default) = nthreads(pool)
ngcthreads() = 1
const Condition = GenericCondition{ReentrantLock}

mutable struct SpinLock <: AbstractLock
    owned::Int
    SpinLock() = new(0)
end
Base.trylock(l::SpinLock) = _swap!(Ptr{Int}(Base.pointer_from_objref(l)), 1) == 0
function Base.lock(l::SpinLock)
    while !Base.trylock(l)
        l.owned == 0 || (ccall(:sched_yield, Int32, ()); Base.yield())
    end
end
function Base.unlock(l::SpinLock)
    _swap!(Ptr{Int}(Base.pointer_from_objref(l)), 0) == 1 || Base.error("unlock count must match lock count")
    return nothing
end
Base.islocked(l::SpinLock) = l.owned != 0

macro spawn(args...)
    1 <= length(args) <= 2 || throw(ArgumentError("wrong number of arguments in @spawn"))
    return _task_expression(args[end], __source__, false)
end
export SpinLock, @spawn, @threads, nthreads, threadid
end
export Threads
