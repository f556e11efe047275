# SPDX-License-Identifier: MIT
# Tasks: making, scheduling, waiting, and what is said of those that failed. The scheduler itself is the runtime's.

Task(f) = ccall(:jl_task_new, Any, (Any,), f)::Task
Task(f, stacksize::Integer) = Task(f)
current_task() = ccall(:jl_current_task, Any, ())::Task
function getproperty(t::Task, name::Symbol)
    name === :state && return (:runnable, :done, :failed)[getfield(t, :_state)+1]
    name === :exception && return istaskfailed(t) ? getfield(t, :result) : nothing
    name === :backtrace && return istaskfailed(t) ? current_exceptions(t)[end].backtrace : nothing
    return getfield(t, name)
end
istaskdone(t::Task) = getfield(t, :_state) !== 0x00
istaskfailed(t::Task) = getfield(t, :_state) === 0x02
istaskstarted(t::Task) = ccall(:jl_task_is_started, UInt8, (Any,), t) !== 0x00
task_result(t::Task) = getfield(t, :result)
function show(io::IO, t::Task)
    started = !istaskdone(t) && istaskstarted(t) ? ", started" : ""
    print(io, "Task (", t.state, started, ") @0x", string(UInt(pointer_from_objref(t)); base=16, pad=16))
end

# --- Scheduling
function schedule(t::Task)
    ccall(:jl_task_schedule, Cvoid, (Any, Any, UInt8), t, nothing, false)
    return t
end
function schedule(t::Task, @nospecialize(value); error=false)
    ccall(:jl_task_schedule, Cvoid, (Any, Any, UInt8), t, value, error)
    return t
end
yield() = ccall(:jl_task_yield, Cvoid, ())
yield(t::Task, @nospecialize(x=nothing)) = ccall(:jl_task_yield_to, Any, (Any, Any, UInt8, UInt8), t, x, false, true)
yieldto(t::Task, @nospecialize(x=nothing)) = ccall(:jl_task_yield_to, Any, (Any, Any, UInt8, UInt8), t, x, false, false)
throwto(t::Task, @nospecialize(e)) = ccall(:jl_task_yield_to, Any, (Any, Any, UInt8, UInt8), t, e, true, false)
wait() = ccall(:jl_task_park, Any, ())

# --- Ends
struct TaskFailedException <: Exception
    task::Task
end
function _wait(t::Task)
    t === current_task() && throw(ConcurrencyViolationError("deadlock detected: cannot wait on current task"))
    ccall(:jl_task_wait, Cvoid, (Any,), t)
    return nothing
end
function wait(t::Task; throw::Bool=true)
    _wait(t)
    throw && istaskfailed(t) && Core.throw(TaskFailedException(t))
    return nothing
end
function fetch(t::Task)
    wait(t)
    return task_result(t)
end
fetch(@nospecialize x) = x
_wait2(t::Task, then::Task) = ccall(:jl_task_after, Cvoid, (Any, Any), t, then)

waitany(tasks; throw::Bool=true) = _wait_for_some(collect(Task, tasks), t -> true, throw)
waitall(tasks; failfast::Bool=true, throw::Bool=true) = _wait_for_some(collect(Task, tasks), t -> failfast && istaskfailed(t), throw)
# Until all have ended, or one for which `is_enough`: those that have and those that have not.
function _wait_for_some(tasks::Vector{Task}, is_enough, throw::Bool)
    ended = Channel{Task}(Inf)
    foreach(t -> _wait2(t, Task(() -> put!(ended, t))), tasks)
    for _ in tasks
        is_enough(take!(ended)) && break
    end
    done = filter(istaskdone, tasks)
    throw && any(istaskfailed, done) && Core.throw(CompositeException(Any[TaskFailedException(t) for t in done if istaskfailed(t)]))
    return done, filter(t -> !istaskdone(t), tasks)
end

showerror(io::IO, e::TaskFailedException) = _show_failed_task(io, e, "")
showerror(io::IO, e::TaskFailedException, bt; backtrace::Bool=true) = _show_failed_task(io, e, backtrace ? _backtrace_text(bt) : "")
function _show_failed_task(io::IO, e::TaskFailedException, trace::String)
    print(io, "TaskFailedException")
    isempty(trace) || print(io, "\n", trace)
    print(io, "\n\n    nested task error: ", replace(_task_exception_text(e.task), "\n" => "\n    "))
end
function _task_exception_text(t::Task)
    stack = current_exceptions(t)
    isempty(stack) && return sprint(showerror, t.result)
    texts = String[]
    for (e, bt) in Iterators.reverse(stack.stack)
        said, has_trace = _uncaught_text(e, bt)
        trace = has_trace ? "" : _backtrace_text(bt)
        push!(texts, isempty(trace) ? said : string(said, "\n", trace))
    end
    return join(texts, "\n\ncaused by: ")
end
# Says on standard error how `t` failed, if it does.
function errormonitor(t::Task)
    report = Task() do
        istaskfailed(t) && write(stderr, string("Unhandled Task ERROR: ", _task_exception_text(t), "\n"))
        nothing
    end
    getfield(t, :sticky) || setfield!(report, :sticky, false)
    _wait2(t, report)
    return t
end

# --- Macros
macro task(ex)
    return :(Task($(_task_body(ex, __source__))))
end
_task_body(ex, source::LineNumberNode) = esc(Expr(:->, Expr(:tuple), Expr(:block, source, ex)))
const _sync_variable = Symbol("##sync#tasks")
# `$x` in the body of @async and @spawn is x at that moment: taken out into a `let`. In quoted code `$` keeps its meaning,
# and in a macro's arguments it is the macro's.
function _take_out_interpolations!(ex::Expr, level::Int, out::Vector{Any})
    ex.head === :macrocall && return ex
    ex.head === :quote && (level += 1)
    if ex.head === :$ && level == 0
        name = gensym("value")
        push!(out, Expr(:(=), esc(name), esc(ex.args[1])))
        return name
    end
    ex.head === :$ && (level -= 1)
    for (i, arg) in enumerate(ex.args)
        arg isa Expr && (ex.args[i] = _take_out_interpolations!(arg, level, out))
    end
    return ex
end
function _task_expression(ex, source::LineNumberNode, sticky::Bool)
    taken = Any[]
    ex isa Expr && (ex = _take_out_interpolations!(copy(ex), 0, taken))
    tasks = esc(_sync_variable)
    return Expr(:let, Expr(:block, taken...), quote
        local task = Task($(_task_body(ex, source)))
        $(sticky ? nothing : :(setfield!(task, :sticky, false)))
        if $(Expr(:islocal, tasks))
            _add_task!($tasks, task)
        end
        schedule(task)
        task
    end)
end
macro async(ex)
    return _task_expression(ex, __source__, true)
end
macro sync(block)
    tasks = esc(_sync_variable)
    return quote
        let $tasks = _SyncTasks()
            local value = $(esc(block))
            _wait_for_all($tasks)
            value
        end
    end
end
struct _SyncTasks
    lock::ReentrantLock
    tasks::Vector{Any}
end
_SyncTasks() = _SyncTasks(ReentrantLock(), [])
function _add_task!(s::_SyncTasks, t)
    lock(s.lock)
    push!(s.tasks, t)
    unlock(s.lock)
    return t
end
function _take_task!(s::_SyncTasks)
    lock(s.lock)
    t = isempty(s.tasks) ? nothing : popfirst!(s.tasks)
    unlock(s.lock)
    return t
end
# Those included that are added while others are waited for.
function _wait_for_all(s::_SyncTasks)
    failed = Any[]
    while true
        t = _take_task!(s)
        t === nothing && break
        if t isa Task
            _wait(t)
            istaskfailed(t) && push!(failed, TaskFailedException(t))
        else
            try
                wait(t)
            catch e
                push!(failed, e)
            end
        end
    end
    isempty(failed) || throw(CompositeException(failed))
    return nothing
end

# --- Storage
function task_local_storage()
    t = current_task()
    t.storage === nothing && setfield!(t, :storage, IdDict{Any,Any}())
    return t.storage::IdDict{Any,Any}
end
task_local_storage(key) = task_local_storage()[key]
task_local_storage(key, value) = (task_local_storage()[key] = value)
function task_local_storage(body::Function, key, value)
    storage = task_local_storage()
    had = haskey(storage, key)
    before = get(storage, key, nothing)
    storage[key] = value
    try
        return body()
    finally
        had ? (storage[key] = before) : delete!(storage, key)
    end
end

# --- Many tasks
function asyncmap(f, c...; ntasks=0, batch_size=nothing)
    batch_size === nothing || return _asyncmap_batches(f, c, ntasks isa Function ? ntasks() : ntasks, batch_size)
    n = ntasks isa Function ? ntasks() : ntasks
    n = n == 0 ? 100 : n
    n > 0 || throw(ArgumentError("ntasks must be a non-negative integer or a 0-arg function"))
    slots = Semaphore(n)
    tasks = map(c...) do x...
        acquire(slots)
        schedule(Task() do
            try
                f(x...)
            finally
                release(slots)
            end
        end)
    end
    return map(_fetch_unwrapped, tasks)
end
# What the task threw, thrown on.
function _fetch_unwrapped(t::Task)
    _wait(t)
    istaskfailed(t) && throw(t.result)
    return t.result
end
function _asyncmap_batches(f, c, ntasks, batch_size)
    batches = collect(Iterators.partition(collect(zip(c...)), batch_size))
    return reduce(vcat, asyncmap(f, batches; ntasks))
end
function asyncmap!(f, r, c...; kw...)
    for (i, v) in zip(eachindex(r), asyncmap(f, c...; kw...))
        r[i] = v
    end
    return r
end
export Task, current_task, istaskdone, istaskfailed, istaskstarted, schedule, yield, yieldto, wait, waitany, waitall, fetch, errormonitor,
    TaskFailedException, CompositeException, @task, @async, @sync, task_local_storage, asyncmap, asyncmap!
