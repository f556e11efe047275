# SPDX-License-Identifier: MIT
# Loggers that print: ConsoleLogger with a frame around what belongs together, SimpleLogger plainly.
module Logging
import Base.CoreLogging: AbstractLogger, LogLevel, NullLogger, BelowMinLevel, Debug, Info, Warn, Error, AboveMaxLevel, handle_message,
    shouldlog, min_enabled_level, catch_exceptions, current_logger, global_logger, with_logger, disable_logging, @debug, @info, @warn,
    @error, @logmsg
export AbstractLogger, LogLevel, NullLogger, ConsoleLogger, SimpleLogger, Debug, Info, Warn, Error, BelowMinLevel, AboveMaxLevel, handle_message,
    shouldlog, min_enabled_level, catch_exceptions, current_logger, global_logger, with_logger, disable_logging, @debug, @info, @warn,
    @error, @logmsg

# Records with `maxlog=n` pass n times for each place in the code.
function _passes(limits, id, maxlog)
    maxlog isa Integer || return true
    left = get(limits, id, maxlog)
    limits[id] = left - 1
    return left > 0
end
_level_name(level) = level == Warn ? "Warning" : string(level)

struct SimpleLogger <: AbstractLogger
    stream::Any
    min_level::LogLevel
    message_limits::Dict{Any,Int}
end
SimpleLogger(stream=nothing, level=Info) = SimpleLogger(stream, convert(LogLevel, level), Dict{Any,Int}())
SimpleLogger(level::LogLevel) = SimpleLogger(nothing, level)
shouldlog(logger::SimpleLogger, level, mod, group, id) = get(logger.message_limits, id, 1) > 0
min_enabled_level(logger::SimpleLogger) = logger.min_level
catch_exceptions(logger::SimpleLogger) = false
function handle_message(logger::SimpleLogger, level, message, mod, group, id, file, line; kwargs...)
    _passes(logger.message_limits, id, get(kwargs, :maxlog, nothing)) || return nothing
    out = IOBuffer()
    lines = split(chomp(string(message)), '\n')
    println(out, "┌ ", _level_name(level), ": ", lines[1])
    for text in lines[2:end]
        println(out, "│ ", text)
    end
    for (key, value) in kwargs
        key === :maxlog || println(out, "│   ", key, " = ", value)
    end
    println(out, "└ @ ", something(mod, "nothing"), " ", something(file, "nothing"), ":", something(line, "nothing"))
    write(logger.stream === nothing ? stderr : logger.stream, take!(out))
    return nothing
end

struct ConsoleLogger <: AbstractLogger
    stream::Any # nothing: standard error
    min_level::LogLevel
    meta_formatter::Any
    show_limited::Bool
    right_justify::Int
    message_limits::Dict{Any,Int}
end
ConsoleLogger(stream, level=Info; meta_formatter=default_metafmt, show_limited::Bool=true, right_justify::Integer=0) =
    ConsoleLogger(stream, convert(LogLevel, level), meta_formatter, show_limited, right_justify, Dict{Any,Int}())
ConsoleLogger(level=Info; kwargs...) = level isa IO ? ConsoleLogger(level, Info; kwargs...) : ConsoleLogger(nothing, level; kwargs...)
shouldlog(logger::ConsoleLogger, level, mod, group, id) = get(logger.message_limits, id, 1) > 0
min_enabled_level(logger::ConsoleLogger) = logger.min_level

default_logcolor(level::LogLevel) = level < Info ? :blue : level < Warn ? :cyan : level < Error ? :yellow : :light_red
# The color, what stands before the message, and what after it: where the record comes from, for all but plain information.
function default_metafmt(level::LogLevel, mod, group, id, file, line)
    place = String[]
    if !(Info <= level < Warn)
        mod === nothing || push!(place, string(mod))
        file === nothing || push!(place, string(file, line === nothing ? "" : string(':', line isa UnitRange ? "$(first(line))-$(last(line))" : line)))
    end
    return default_logcolor(level), string(_level_name(level), ':'), isempty(place) ? "" : string("@ ", join(place, ' '))
end
_show_value(io::IO, x) = show(io, MIME("text/plain"), x)
_show_value(io::IO, e::Exception) = showerror(io, e)
_show_value(io::IO, e::Tuple{Exception,Any}) = e[2] === nothing ? showerror(io, e[1]) : showerror(io, e[1], e[2])
function handle_message(logger::ConsoleLogger, level::LogLevel, message, mod, group, id, file, line; kwargs...)
    _passes(logger.message_limits, id, get(kwargs, :maxlog, nothing)) || return nothing
    stream = logger.stream === nothing ? stderr : logger.stream
    rows = String[String(text) for text in split(chomp(string(message)), '\n')]
    for (key, value) in kwargs
        key === :maxlog && continue
        size = displaysize(stream)
        context = IOContext(IOContext(stream, :limit => logger.show_limited), :displaysize => (max(size[1] - 5, 1), size[2] - 7))
        texts = split(sprint(_show_value, value; context=context), '\n')
        length(texts) == 1 ? push!(rows, "  $key = $(texts[1])") : push!(rows, "  $key =")
        length(texts) > 1 && append!(rows, String["   $text" for text in texts])
    end
    color, prefix, suffix = logger.meta_formatter(level, mod, group, id, file, line)
    gap = 0
    if !isempty(suffix)
        # On the last line if that leaves room up to the right margin, else on one of its own.
        used = 2 + (length(rows) == 1 ? length(prefix) + 1 : 0) + textwidth(rows[end]) + length(suffix) + 2
        margin = min(logger.right_justify, displaysize(stream)[2])
        if used > margin
            push!(rows, "")
            gap = max(0, margin - 2 - length(suffix))
        else
            gap = margin - used + 2
        end
    end
    out = IOBuffer()
    io = IOContext(out, stream)
    n = length(rows)
    for i in 1:n
        printstyled(io, n == 1 ? "[ " : i == 1 ? "┌ " : i < n ? "│ " : "└ "; bold=true, color=color)
        i == 1 && !isempty(prefix) && (printstyled(io, prefix; bold=true, color=color); print(io, ' '))
        print(io, rows[i])
        if i == n && !isempty(suffix)
            print(io, repeat(' ', gap))
            printstyled(io, suffix; color=:light_black)
        end
        println(io)
    end
    write(stream, take!(out))
    return nothing
end
end
