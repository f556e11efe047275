# SPDX-License-Identifier: MIT
# Threads: how many, loops on all of them, atomic cells and fields.

module Threads
using Base: AbstractLock, GenericCondition, ReentrantLock, Event, OncePerProcess, TaskFailedException, _task_expression, _add_task!
nthreads(pool::Symbol=:default) = pool === :default ? ccall(:jl_thread_count, Int64, ()) : 0
maxthreadid() = nthreads()
nthreadpools() = 1
threadid(t::Task=Base.current_task()) = ccall(:jl_task_thread, Int64, (Any,), t)
threadpool(tid=threadid()) = :default
threadpoolsize(pool::Symbol=:default) = nthreads(pool)
ngcthreads() = 1
const Condition = GenericCondition{ReentrantLock}

# --- Tasks on any thread
macro spawn(args...)
    1 <= length(args) <= 2 || throw(ArgumentError("wrong number of arguments in @spawn"))
    return _task_expression(args[end], __source__, false)
end
macro threads(args...)
    schedule = length(args) == 1 ? :dynamic : args[1] isa QuoteNode ? args[1].value : args[1]
    loop = args[end]
    1 <= length(args) <= 2 || throw(ArgumentError("wrong number of arguments in @threads"))
    schedule isa Symbol && schedule in (:static, :dynamic, :greedy) ||
        throw(ArgumentError("unsupported schedule argument in @threads"))
    loop isa Expr && loop.head === :for || throw(ArgumentError("@threads requires a `for` loop expression"))
    loop.args[1] isa Expr && loop.args[1].head === :(=) || throw(ArgumentError("nested outer loops are not currently supported by @threads"))
    var, items = loop.args[1].args
    part = Base.gensym("part")
    body = Expr(:->, Expr(:tuple, part), Expr(:block, __source__, Expr(:for, Expr(:(=), var, part), loop.args[2])))
    return :(_run_threads($(esc(body)), $(esc(items)), $(QuoteNode(schedule))))
end
# The `k`th of `n` parts of 1:len.
function _part(len::Int, k::Int, n::Int)
    size, rest = divrem(len, n)
    first = (k - 1) * size + min(k - 1, rest) + 1
    return first:(first + size - 1 + (k <= rest))
end
_items(items::AbstractArray, part) = view(items, Base.firstindex(items)-1 .+ part)
_items(items::AbstractRange, part) = items[part]
_items(items, part) = Base.Iterators.map(i -> items[Base.firstindex(items)-1+i], part)
function _run_threads(body, items, schedule::Symbol)
    schedule === :greedy && return _run_greedily(body, items)
    n = min(nthreads(), length(items))
    part(k) = Task(() -> (body(_items(items, _part(length(items), k, n))); nothing))
    if schedule === :static
        atomic_xchg!(_in_static_loop, true) && Base.error("`@threads :static` cannot be used concurrently or nested")
        try
            return _wait_for(_static_task(part(k), k) for k in 1:n)
        finally
            _in_static_loop[] = false
        end
    end
    return _wait_for(_free_task(part(k)) for k in 1:n)
end
_static_task(t::Task, k) = (ccall(:jl_task_pin, Cvoid, (Any, Int64), t, k); t)
_free_task(t::Task) = (setfield!(t, :sticky, false); t)
# Runs them all, to their ends.
function _wait_for(new_tasks)
    tasks = Task[Base.schedule(t) for t in new_tasks]
    Base.foreach(Base._wait, tasks)
    failed = Base.filter(Base.istaskfailed, tasks)
    isempty(failed) || throw(Base.CompositeException(Any[TaskFailedException(t) for t in failed]))
    return nothing
end
# Whoever is done takes the next.
function _run_greedily(body, items)
    source = Base.Channel(c -> Base.foreach(x -> Base.put!(c, x), items), 0)
    return _wait_for(_free_task(Task(() -> (body(source); nothing))) for _ in 1:nthreads())
end
function foreach(f, channel::Base.Channel; schedule=nothing, ntasks=nthreads())
    Base.wait.([Threads.@spawn(Base.foreach(f, channel)) for _ in 1:ntasks])
    return nothing
end

# --- Atomic cells
const inttypes = (Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64)
const floattypes = (Float16, Float32, Float64)
const AtomicTypes = Union{Bool,inttypes...,floattypes...}
mutable struct Atomic{T<:AtomicTypes}
    value::T
    Atomic{T}() where {T<:AtomicTypes} = new(zero(T))
    Atomic{T}(value) where {T<:AtomicTypes} = new(value)
end
Atomic(value::T) where {T<:AtomicTypes} = Atomic{T}(value)
Atomic() = Atomic{Int}()
const _in_static_loop = Atomic{Bool}(false)
_cell(x::Atomic) = Base.pointer_from_objref(x)
_bits(v::Union{Bool,UInt8,UInt16,UInt32}) = v % UInt64
_bits(v::Int8) = _bits(reinterpret(UInt8, v))
_bits(v::Int16) = _bits(reinterpret(UInt16, v))
_bits(v::Int32) = _bits(reinterpret(UInt32, v))
_bits(v::Union{Int64,UInt64}) = v % UInt64
_bits(v::Float16) = _bits(reinterpret(UInt16, v))
_bits(v::Float32) = _bits(reinterpret(UInt32, v))
_bits(v::Float64) = reinterpret(UInt64, v)
_value(::Type{T}, b::UInt64) where {T<:Integer} = b % T
_value(::Type{Bool}, b::UInt64) = b != 0
_value(::Type{Float16}, b::UInt64) = reinterpret(Float16, b % UInt16)
_value(::Type{Float32}, b::UInt64) = reinterpret(Float32, b % UInt32)
_value(::Type{Float64}, b::UInt64) = reinterpret(Float64, b)
Base.getindex(x::Atomic{T}) where {T} = _value(T, ccall(:jl_atomic_load, UInt64, (Ptr{Cvoid}, Int64), _cell(x), sizeof(T)))
function Base.setindex!(x::Atomic{T}, v) where {T}
    atomic_xchg!(x, convert(T, v))
    return x
end
atomic_xchg!(x::Atomic{T}, v::T) where {T} =
    _value(T, ccall(:jl_atomic_swap, UInt64, (Ptr{Cvoid}, Int64, UInt64), _cell(x), sizeof(T), _bits(v)))
atomic_cas!(x::Atomic{T}, expected::T, v::T) where {T} =
    _value(T, ccall(:jl_atomic_replace, UInt64, (Ptr{Cvoid}, Int64, UInt64, UInt64), _cell(x), sizeof(T), _bits(expected), _bits(v)))
const _Addable = Union{inttypes...}
atomic_add!(x::Atomic{T}, v::T) where {T<:_Addable} =
    _value(T, ccall(:jl_atomic_add, UInt64, (Ptr{Cvoid}, Int64, UInt64), _cell(x), sizeof(T), _bits(v)))
atomic_sub!(x::Atomic{T}, v::T) where {T<:_Addable} = atomic_add!(x, -v)
# Tries until nobody was faster. The old value.
function _update!(f, x::Atomic{T}, v::T) where {T}
    while true
        old = x[]
        b = _bits(old)
        ccall(:jl_atomic_replace, UInt64, (Ptr{Cvoid}, Int64, UInt64, UInt64), _cell(x), sizeof(T), b, _bits(f(old, v)::T)) == b && return old
    end
end
atomic_add!(x::Atomic{T}, v::T) where {T<:Union{floattypes...}} = _update!(+, x, v)
atomic_sub!(x::Atomic{T}, v::T) where {T<:Union{floattypes...}} = _update!(-, x, v)
atomic_and!(x::Atomic{T}, v::T) where {T<:Union{Bool,inttypes...}} = _update!(&, x, v)
atomic_nand!(x::Atomic{T}, v::T) where {T<:Union{Bool,inttypes...}} = _update!((a, b) -> ~(a & b), x, v)
atomic_or!(x::Atomic{T}, v::T) where {T<:Union{Bool,inttypes...}} = _update!(|, x, v)
atomic_xor!(x::Atomic{T}, v::T) where {T<:Union{Bool,inttypes...}} = _update!(xor, x, v)
atomic_max!(x::Atomic{T}, v::T) where {T} = _update!(max, x, v)
atomic_min!(x::Atomic{T}, v::T) where {T} = _update!(min, x, v)
atomic_fence() = ccall(:jl_atomic_fence, Cvoid, ())

mutable struct SpinLock <: AbstractLock
    owned::Int
    SpinLock() = new(0)
end
_owned(l::SpinLock) = Base.pointer_from_objref(l)
Base.islocked(l::SpinLock) = ccall(:jl_atomic_load, UInt64, (Ptr{Cvoid}, Int64), _owned(l), 8) != 0
Base.trylock(l::SpinLock) = !Base.islocked(l) && ccall(:jl_atomic_swap, UInt64, (Ptr{Cvoid}, Int64, UInt64), _owned(l), 8, 1) == 0
function Base.lock(l::SpinLock)
    tries = 0
    while !Base.trylock(l)
        (tries += 1) % 64 == 0 && Base.yield() # its owner may be a task of this thread
    end
end
function Base.unlock(l::SpinLock)
    ccall(:jl_atomic_swap, UInt64, (Ptr{Cvoid}, Int64, UInt64), _owned(l), 8, 0) == 0 && Base.error("unlock count must match lock count")
    return nothing
end
export SpinLock, @spawn, @threads, nthreads, threadid, threadpool, nthreadpools, Atomic, atomic_add!, atomic_sub!, atomic_cas!,
    atomic_xchg!, atomic_and!, atomic_nand!, atomic_or!, atomic_xor!, atomic_max!, atomic_min!, atomic_fence
end

# --- Atomic fields. All orders are the strongest.
getproperty(x, f::Symbol, order::Symbol) = (@inline; ccall(:jl_atomic_fence, Cvoid, ()); getfield(x, f, :sequentially_consistent))
function setproperty!(x, f::Symbol, v, order::Symbol)
    setfield!(x, f, convert(fieldtype(typeof(x), f), v), :sequentially_consistent)
    return v
end
function _atomic_order(order)
    order = order isa QuoteNode ? order.value : order
    return order isa Symbol ? QuoteNode(order) : esc(order)
end
_is_field(ex) = ex isa Expr && ex.head === :.
function _atomic_field(ex)
    _is_field(ex) || throw(ArgumentError("@atomic expects a field: $ex"))
    return esc(ex.args[1]), esc(ex.args[2])
end
const _atomic_updates = (:(+=), :(-=), :(*=), :(|=), :(&=), :(⊻=), :(/=), :(÷=), :(%=), :(^=), :(<<=), :(>>=), :(>>>=))
macro atomic(ex)
    return _atomic(QuoteNode(:sequentially_consistent), ex)
end
macro atomic(order, ex)
    return _atomic(_atomic_order(order), ex)
end
macro atomic(a1, op, a2)
    return _atomic_call(QuoteNode(:sequentially_consistent), a1, op, a2)
end
macro atomic(order, a1, op, a2)
    return _atomic_call(_atomic_order(order), a1, op, a2)
end
function _atomic(order, ex)
    (ex isa Symbol || ex isa Expr && ex.head === :(::)) && return esc(ex) # a field's declaration
    if _is_field(ex)
        object, name = _atomic_field(ex)
        return :(getproperty($object, $name, $order))
    elseif ex isa Expr && ex.head === :(=)
        object, name = _atomic_field(ex.args[1])
        return :(setproperty!($object, $name, $(esc(ex.args[2])), $order))
    elseif ex isa Expr && ex.head in _atomic_updates
        object, name = _atomic_field(ex.args[1])
        return :(modifyproperty!($object, $name, $(esc(Symbol(chop(string(ex.head))))), $(esc(ex.args[2])), $order)[2])
    elseif ex isa Expr && ex.head === :call && length(ex.args) == 3
        return _atomic_call(order, ex.args[2], ex.args[1], ex.args[3])
    end
    throw(ArgumentError("could not parse @atomic expression $ex"))
end
function _atomic_call(order, field, op, value)
    object, name = _atomic_field(field)
    return :(modifyproperty!($object, $name, $(esc(op)), $(esc(value)), $order))
end
macro atomicswap(args...)
    ex = args[end]
    order = length(args) == 2 ? _atomic_order(args[1]) : QuoteNode(:sequentially_consistent)
    ex isa Expr && ex.head === :(=) || throw(ArgumentError("@atomicswap expects an assignment"))
    object, name = _atomic_field(ex.args[1])
    return :(swapproperty!($object, $name, $(esc(ex.args[2])), $order))
end
# [success_order [fail_order]] field, then `expected => desired`, a pair, or two arguments.
macro atomicreplace(args...)
    k = findfirst(_is_field, args)
    k === nothing && throw(ArgumentError("@atomicreplace expects a field"))
    object, name = _atomic_field(args[k])
    orders = k == 1 ? Any[QuoteNode(:sequentially_consistent)] : Any[_atomic_order(o) for o in args[1:k-1]]
    if length(args) == k + 2
        return :(replaceproperty!($object, $name, $(esc(args[k+1])), $(esc(args[k+2])), $(orders...)))
    end
    return quote
        local expected, desired = $(esc(args[k+1]))
        replaceproperty!($object, $name, expected, desired, $(orders...))
    end
end
macro atomiconce(args...)
    object, name = _atomic_field(args[end].args[1])
    orders = Any[_atomic_order(o) for o in args[1:end-1]]
    return :(setpropertyonce!($object, $name, $(esc(args[end].args[2])), $(orders...)))
end
export Threads, @atomic, @atomicswap, @atomicreplace, @atomiconce
