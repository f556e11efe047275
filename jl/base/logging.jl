# SPDX-License-Identifier: MIT
# Log messages: @info and its kin hand a record to the current logger. How records are printed is in stdlib/Logging.jl, which is
# loaded when the first one gets that far.

module CoreLogging
using Base: Expr, Symbol, String, Any, Int, Int32, Bool, Exception, QuoteNode, LineNumberNode, GlobalRef, Module, esc
import Base: isless, convert, show, print, +, -, ==
export @debug, @info, @warn, @error, @logmsg

abstract type AbstractLogger end
struct NullLogger <: AbstractLogger end
struct LogLevel
    level::Int32
end
LogLevel(l::LogLevel) = l
const BelowMinLevel = LogLevel(-1000001)
const Debug = LogLevel(-1000)
const Info = LogLevel(0)
const Warn = LogLevel(1000)
const Error = LogLevel(2000)
const AboveMaxLevel = LogLevel(1000001)
isless(a::LogLevel, b::LogLevel) = isless(a.level, b.level)
+(l::LogLevel, n::Base.Integer) = LogLevel(l.level + n)
-(l::LogLevel, n::Base.Integer) = LogLevel(l.level - n)
convert(::Base.Type{LogLevel}, n::Base.Integer) = LogLevel(n)
convert(::Base.Type{Int}, l::LogLevel) = Int(l.level)
convert(::Base.Type{Int32}, l::LogLevel) = l.level
const _level_names = ((BelowMinLevel, "BelowMinLevel"), (Debug, "Debug"), (Info, "Info"), (Warn, "Warn"), (Error, "Error"), (AboveMaxLevel, "AboveMaxLevel"))
function print(io::Base.IO, l::LogLevel)
    for (level, name) in _level_names
        level === l && return print(io, name)
    end
    print(io, "LogLevel(", l.level, ")")
end
show(io::Base.IO, l::LogLevel) = print(io, l)

# What a logger answers; loggers of other modules add methods.
function handle_message end
function shouldlog end
function min_enabled_level end
catch_exceptions(logger::AbstractLogger) = true
handle_message(::NullLogger, args...; kwargs...) = nothing
shouldlog(::NullLogger, args...) = false
min_enabled_level(::NullLogger) = AboveMaxLevel

mutable struct _State
    global_logger::Any # nothing until asked for
    disabled::LogLevel
end
const _state = _State(nothing, BelowMinLevel)
function global_logger()
    _state.global_logger === nothing && (_state.global_logger = Base.invokelatest(Base.getglobal(_library(), :ConsoleLogger)))
    return _state.global_logger
end
function global_logger(logger::AbstractLogger)
    previous = global_logger()
    _state.global_logger = logger
    return previous
end
_library() = Core.eval(Base, :(begin; import Logging; Logging; end))
# with_logger's, or nothing; tasks begin with their creator's.
_task_logger() = Base.getfield(Base.current_task(), :logstate)
function current_logger()
    logger = _task_logger()
    return logger === nothing ? global_logger() : logger
end
function with_logger(f, logger)
    task = Base.current_task()
    previous = Base.getfield(task, :logstate)
    Base.setfield!(task, :logstate, logger)
    try
        return f()
    finally
        Base.setfield!(task, :logstate, previous)
    end
end
disable_logging(level::LogLevel) = (_state.disabled = level; nothing)

# The logger that wants such a record, or nothing.
function _logger_for(level, mod, group, id)
    l = convert(LogLevel, level)
    l <= _state.disabled && return nothing
    # The console's threshold is known without loading it.
    _state.global_logger === nothing && l < Info && _task_logger() === nothing && return nothing
    logger = current_logger()
    l < Base.invokelatest(min_enabled_level, logger) && return nothing
    return Base.invokelatest(shouldlog, logger, l, mod, group, id) ? logger : nothing
end
function _failed(logger, level, mod, group, id, file, line, err)
    Base.invokelatest(catch_exceptions, logger) || Base.rethrow()
    Base.invokelatest(handle_message, logger, Error, "Exception while generating log record in module $mod at $file:$line", mod, :logevent_error, id,
        file, line; exception=(err, Base.catch_backtrace()))
    return nothing
end
function _record(mod, source, level, message, exs)
    special = Base.IdDict{Symbol,Any}()
    values = Any[]
    for ex in exs
        if ex isa Expr && ex.head === :(=)
            name = ex.args[1]
            name isa Symbol || Base.throw(Base.ArgumentError("Expected key value pair, got `$name`"))
            name in (:_module, :_group, :_id, :_file, :_line) ? (special[name] = esc(ex.args[2])) : Base.push!(values, Expr(:kw, name, esc(ex.args[2])))
        elseif ex isa Expr && ex.head === :...
            Base.push!(values, Expr(:..., esc(ex.args[1])))
        else
            Base.push!(values, Expr(:kw, Symbol(ex), esc(ex)))
        end
    end
    file = source.file === nothing ? "none" : String(source.file)
    stem = Base.first(Base.splitext(Base.basename(file)))
    place = Any[Base.get(special, :_module, mod), Base.get(special, :_group, QuoteNode(Symbol(stem))),
        Base.get(special, :_id, QuoteNode(Symbol(Base.nameof(mod), '_', Base.string(Base.hash((file, source.line, Base.string(message))); base=16)))),
        Base.get(special, :_file, file), Base.get(special, :_line, source.line)]
    return Base.remove_linenums!(quote
        level, mod, group, id, file, line = $level, $(place...)
        logger = _logger_for(level, mod, group, id)
        if logger !== nothing
            try
                Base.invokelatest(handle_message, logger, convert(LogLevel, level), $(esc(message)), mod, group, id, file, line; $(values...))
            catch err
                _failed(logger, level, mod, group, id, file, line, err)
            end
        end
        nothing
    end)
end
macro debug(message, exs...)
    return _record(__module__, __source__, :Debug, message, exs)
end
macro info(message, exs...)
    return _record(__module__, __source__, :Info, message, exs)
end
macro warn(message, exs...)
    return _record(__module__, __source__, :Warn, message, exs)
end
macro error(message, exs...)
    return _record(__module__, __source__, :Error, message, exs)
end
macro logmsg(level, message, exs...)
    return _record(__module__, __source__, esc(level), message, exs)
end
end
using .CoreLogging: @debug, @info, @warn, @error, @logmsg
export @debug, @info, @warn, @error, @logmsg
