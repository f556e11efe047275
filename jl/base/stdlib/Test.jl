# SPDX-License-Identifier: MIT
# Unit tests: @test and its kin record results in the innermost @testset; the outermost one prints the summary and fails.
# long file: a standard library is one file, which `using` loads.
module Test
export @test, @test_throws, @test_broken, @test_skip, @test_nowarn, @test_logs, @test_warn, @test_deprecated, @testset, @inferred,
    TestSetException, TestLogger, LogRecord, GenericString, GenericSet, GenericDict, detect_ambiguities, detect_unbound_args

abstract type Result end
abstract type AbstractTestSet end

struct Pass <: Result
    kind::Symbol
    expression::Any
    data::Any
    value::Any
    source::Any
end
struct Fail <: Result
    kind::Symbol
    expression::String
    data::Any      # text of what was evaluated, or nothing
    value::Any
    source::Any
    context::Any   # text of what `@testset let` bound, or nothing
end
Fail(kind, expression, data, value, source) = Fail(kind, expression, data, value, source, nothing)
struct Error <: Result
    kind::Symbol
    expression::String
    value::String
    backtrace::String
    source::Any
end
struct Broken <: Result
    kind::Symbol
    expression::String
end

function Base.show(io::IO, t::Pass)
    print(io, "Test Passed")
    t.kind === :test_throws && print(io, "\n      Thrown: ", typeof(t.value))
end
_place(source) = string(source.file === nothing ? "none" : source.file, ":", source.line)
function Base.show(io::IO, t::Fail)
    print(io, t.kind === :test_logs ? "Log " : "", "Test Failed at ", _place(t.source), "\n  Expression: ", t.expression)
    if t.kind === :test_throws_wrong
        print(io, "\n    Expected: ", t.data, "\n      Thrown: ", t.value)
    elseif t.kind === :test_logs
        print(io, "\n  Log Pattern: ", t.data, "\n  Captured Logs: ", t.value)
    elseif t.kind === :test_throws_nothing
        print(io, "\n    Expected: ", t.data, "\n  No exception thrown")
    elseif t.kind === :test_throws_message
        print(io, "\n    Expected: ", t.data, "\n     Message: ", t.value)
    elseif t.data !== nothing
        print(io, "\n   Evaluated: ", t.data)
    end
    t.context === nothing || print(io, "\n     Context: ", t.context)
end
_indented(text) = join(filter(!isempty, split(text, '\n')), "\n  ")
function Base.show(io::IO, t::Error)
    if t.kind === :test_interrupted
        print(io, "Interrupted")
    elseif t.kind === :test_unbroken
        print(io, "Error During Test at ", _place(t.source), "\n Unexpected Pass\n Expression: ", t.expression,
            "\n Got correct result, please change to @test if no longer broken.\n")
    elseif t.kind === :nontest_error
        print(io, "Error During Test at ", _place(t.source), "\n  Got exception outside of a @test\n  ", _indented(t.value), _trace(t))
    elseif t.kind === :test_nonbool
        print(io, "Error During Test at ", _place(t.source), "\n  Expression evaluated to non-Boolean\n  Expression: ", t.expression,
            "\n       Value: ", t.value)
    else
        print(io, "Error During Test at ", _place(t.source), "\n  Test threw exception\n  Expression: ", t.expression, "\n  ",
            _indented(t.value), _trace(t))
    end
end
_trace(t::Error) = isempty(t.backtrace) ? "" : string("\n  ", _indented(t.backtrace))
function Base.show(io::IO, t::Broken)
    print(io, "Test Broken\n  ", t.kind === :skipped ? "Skipped: " : "Expression: ", t.expression)
end

# --- Test sets
mutable struct DefaultTestSet <: AbstractTestSet
    description::String
    results::Vector{Any}
    n_passed::Int
    anynonpass::Bool
    verbose::Bool
    showtiming::Bool
    time_start::Float64
    time_end::Union{Nothing,Float64}
    const lock::ReentrantLock # for the results: tasks may record to a set of another's
end
DefaultTestSet(description::AbstractString; verbose::Bool=false, showtiming::Bool=true, failfast=nothing, source=nothing, rng=nothing) =
    DefaultTestSet(String(description), Any[], 0, false, verbose, showtiming, time(), nothing, ReentrantLock())
struct TestSetException <: Exception
    pass::Int
    fail::Int
    error::Int
    broken::Int
    errors_and_fails::Vector{Any}
end
Base.showerror(io::IO, e::TestSetException) = print(io, "Some tests did not pass: ", e.pass, " passed, ", e.fail, " failed, ", e.error,
    " errored, ", e.broken, " broken.")
Base.showerror(io::IO, e::TestSetException, bt; backtrace=true) = Base.showerror(io, e)
Base.show(io::IO, e::TestSetException) = Base.showerror(io, e)
struct FallbackTestSetException <: Exception
    msg::String
end
Base.showerror(io::IO, e::FallbackTestSetException) = print(io, e.msg)

const TESTSET_PRINT_ENABLE = Ref(true)
# The innermost last. Each task has its own: what another task tests belongs to no set of this one's.
_open_sets() = get!(() -> Any[], task_local_storage(), :__BASETESTNEXT__)::Vector{Any}
get_testset_depth() = length(_open_sets())
get_testset() = (sets = _open_sets(); isempty(sets) ? nothing : sets[end])
_set_type(ts=get_testset()) = ts === nothing ? DefaultTestSet : ts isa ContextTestSet ? _set_type(ts.parent) : typeof(ts)
push_testset(ts) = push!(_open_sets(), ts)
pop_testset() = pop!(_open_sets())

# Outside of any test set a failure ends the program.
record(::Nothing, t::Union{Pass,Broken}) = t
function record(::Nothing, t::Union{Fail,Error})
    println(t)
    throw(FallbackTestSetException("There was an error during testing"))
end
record(ts::DefaultTestSet, t::Pass) = (@lock ts.lock (ts.n_passed += 1); t)
record(ts::DefaultTestSet, t::Union{Broken,AbstractTestSet}) = (@lock ts.lock push!(ts.results, t); t)
function record(ts::DefaultTestSet, t::Union{Fail,Error})
    if TESTSET_PRINT_ENABLE[]
        print(ts.description, ": ")
        print(t)
        t isa Fail && print("\n\n", _stack_outside_of_test(t.source))
        println()
    end
    @lock ts.lock push!(ts.results, t)
    return t
end
# Where the program is, without what goes on in here.
function _stack_outside_of_test(source)
    lines = split(Base._backtrace_text(backtrace()), '\n')
    shown = String[]
    i = 1
    while i < length(lines)
        head = lstrip(lines[i])
        if startswith(head, '[') && occursin("] ", head)
            place = String(lines[i+1])
            hidden = occursin(" @ Test ", place) || occursin("] backtrace", head)
            # Code that a macro of this module made stands where the test stands.
            occursin("stdlib/Test.jl:", place) && (place = string(first(split(place, "./stdlib")), _place(source)))
            hidden || push!(shown, string(split(head, "] "; limit=2)[2], "\n", place))
            i += 1
        end
        i += 1
    end
    width = ndigits(length(shown)) + 3
    return string("Stacktrace:", (string("\n", lpad(string('[', k, ']'), width), ' ', frame) for (k, frame) in enumerate(shown))...)
end
struct Counts
    pass::Int
    fail::Int
    error::Int
    broken::Int
end
function counts(ts::DefaultTestSet)
    pass, fail, error, broken = ts.n_passed, 0, 0, 0
    for t in ts.results
        if t isa Fail
            fail += 1
        elseif t isa Error
            error += 1
        elseif t isa Broken
            broken += 1
        elseif t isa DefaultTestSet
            c = counts(t)
            pass += c.pass
            fail += c.fail
            error += c.error
            broken += c.broken
        end
    end
    ts.anynonpass = fail + error > 0
    return Counts(pass, fail, error, broken)
end
function collect_failures!(out, ts::DefaultTestSet)
    for t in ts.results
        t isa Union{Fail,Error} ? push!(out, t) : t isa DefaultTestSet ? collect_failures!(out, t) : nothing
    end
    return out
end
function finish(ts::DefaultTestSet; print_results::Bool=TESTSET_PRINT_ENABLE[])
    ts.time_end = time()
    if get_testset_depth() != 0
        record(get_testset(), ts)
        return ts
    end
    c = counts(ts)
    print_results && print_test_results(ts)
    c.fail + c.error > 0 && throw(TestSetException(c.pass, c.fail, c.error, c.broken, collect_failures!(Any[], ts)))
    return ts
end

# --- The summary table
function _duration(ts::DefaultTestSet)
    ts.time_end === nothing && return "?s"
    seconds = ts.time_end - ts.time_start
    whole = floor(Int, seconds)
    seconds < 60 && return string(_one_digit(seconds), "s")
    return string(div(whole, 60), "m", lpad(_one_digit(seconds - 60 * div(whole, 60)), 4, '0'), "s")
end
_one_digit(x) = (n = round(Int, 10x); string(div(n, 10), ".", rem(n, 10)))
_shows_children(ts) = ts.anynonpass || ts.verbose
function _alignment(ts::DefaultTestSet, depth::Int)
    width = 2depth + textwidth(ts.description)
    counts(ts)
    _shows_children(ts) || return width
    for t in ts.results
        t isa DefaultTestSet && (width = max(width, _alignment(t, depth + 1)))
    end
    return width
end
_width(n, name) = n > 0 ? max(length(name), ndigits(n)) : 0
function print_test_results(ts::DefaultTestSet, depth_pad::Int=0)
    c = counts(ts)
    total = c.pass + c.fail + c.error + c.broken
    widths = (_width(c.pass, "Pass"), _width(c.fail, "Fail"), _width(c.error, "Error"), _width(c.broken, "Broken"))
    total_width = total == 0 ? length("None") : _width(total, "Total")
    time_width = max(length("Time"), textwidth(_duration(ts)))
    align = max(_alignment(ts, depth_pad), length("Test Summary:"))
    print(rpad("Test Summary:", align), " |", total == 0 ? "" : " ")
    names = ("Pass", "Fail", "Error", "Broken")
    for k in 1:4
        widths[k] > 0 && print(lpad(names[k], widths[k]), "  ")
    end
    print(lpad("Total", total_width), "  ")
    ts.showtiming && print(lpad("Time", time_width))
    println()
    _print_counts(ts, depth_pad, align, widths, max(total_width, length("Total")), time_width)
    return nothing
end
function _print_counts(ts::DefaultTestSet, depth::Int, align::Int, widths, total_width::Int, time_width::Int)
    c = counts(ts)
    print(rpad(string(repeat("  ", depth), ts.description), align), " | ")
    numbers = (c.pass, c.fail, c.error, c.broken)
    for k in 1:4
        numbers[k] > 0 ? print(lpad(numbers[k], widths[k]), "  ") : widths[k] > 0 && print(repeat(" ", widths[k]), "  ")
    end
    total = c.pass + c.fail + c.error + c.broken
    print(lpad(total == 0 ? "None" : string(total), total_width), "  ")
    ts.showtiming && print(lpad(_duration(ts), time_width))
    println()
    _shows_children(ts) || return nothing
    for t in ts.results
        t isa DefaultTestSet && _print_counts(t, depth + 1, align, widths, total_width, time_width)
    end
    return nothing
end

# --- @test
struct Returned
    value::Any
    data::Any # text of the evaluated expression, or nothing
end
struct Threw
    exception::Any
    message::String
    backtrace::String
end
_threw(err) = Threw(err, sprint(showerror, err), _caught_trace())
function _caught_trace()
    bt = catch_backtrace()
    return bt === nothing ? "" : Base._backtrace_text(bt)
end
_text(ex) = sprint(Base._show_unquoted, ex)

function do_test(result::Returned, ex, source)
    value = result.value
    t = value === true ? Pass(:test, ex, nothing, true, source) :
        value === false ? Fail(:test, _text(ex), result.data, "false", source) :
        Error(:test_nonbool, _text(ex), repr(value), "", source)
    return record(get_testset(), t)
end
do_test(result::Threw, ex, source) = record(get_testset(), Error(:test_error, _text(ex), result.message, result.backtrace, source))
function do_broken_test(result, ex, source)
    t = result isa Returned && result.value === true ? Error(:test_unbroken, _text(ex), "", "", source) : Broken(:test, _text(ex))
    return record(get_testset(), t)
end

_shown(x) = repr(x; context=:limit => true)
const _shown_functions = (:isequal, :isapprox, :≈, :occursin, :startswith, :endswith, :isempty, :contains, :issubset, :isa)
_is_comparison(op) = op isa Symbol && (op in (:(==), :(!=), :<, :>, :<=, :>=, :≤, :≥, :≠, :(===), :(!==), :≡, :≢, :≈, :≉, :in, :∈, :∉, :∋, :∌,
    :⊆, :⊇, :⊈, :⊉, :⊊, :⊋, :isa, :<:, :>:) || (startswith(String(op), '.') && length(String(op)) > 1 && _is_comparison(Symbol(String(op)[2:end]))))
# What a test's expression came to, turned round for `!(...)`; its text only where it failed.
function _outcome(value, negated::Bool, text)
    value isa Bool || return Returned(negated ? !value : value, nothing)
    value === negated || return Returned(true, nothing)
    return Returned(false, negated ? string("!(", text(), ")") : text())
end
_options_text(kwargs) = join((string(k, " = ", repr(v)) for (k, v) in kwargs), ", ")
function eval_comparison(negated::Bool, f, name, a, b; kwargs...)
    return _outcome(f(a, b; kwargs...), negated, function ()
        isempty(kwargs) && return string(_shown(a), " ", name, " ", _shown(b))
        return string(name, "(", _shown(a), ", ", _shown(b), "; ", _options_text(kwargs), ")")
    end)
end
function eval_chain(negated::Bool, values, fs, names)
    ok = true
    for i in 1:length(fs)
        ok = fs[i](values[i], values[i+1])
        ok === true || break
    end
    return _outcome(ok, negated, function ()
        return string(_shown(values[1]), (string(" ", names[i], " ", _shown(values[i+1])) for i in 1:length(fs))...)
    end)
end
function eval_call(negated::Bool, f, name, args...; kwargs...)
    return _outcome(f(args...; kwargs...), negated, function ()
        options = isempty(kwargs) ? "" : string("; ", _options_text(kwargs))
        return string(name, "(", join(map(_shown, args), ", "), options, ")")
    end)
end

_no_splat(args) = !any(a -> a isa Expr && a.head === :..., args)
# Does a failing test of `ex` say what its parts came to?
_is_shown(ex) = ex isa Expr && (ex.head === :comparison || (ex.head === :call && _no_splat(ex.args) &&
    ((length(ex.args) == 3 && _is_comparison(ex.args[1])) || ex.args[1] in _shown_functions)))
# The expression that evaluates a test's expression and keeps its parts' values.
function _result_expression(ex, kwargs, negated=false)
    if ex isa Expr && ex.head === :call && length(ex.args) == 2 && ex.args[1] === :! && !negated && isempty(kwargs)
        return _is_shown(ex.args[2]) ? _result_expression(ex.args[2], kwargs, true) : Expr(:call, Returned, esc(ex), nothing)
    elseif ex isa Expr && ex.head === :call && length(ex.args) == 3 && _is_comparison(ex.args[1]) && _no_splat(ex.args)
        call = Expr(:call, eval_comparison)
        isempty(kwargs) || push!(call.args, Expr(:parameters, map(_kw, kwargs)...))
        push!(call.args, negated, esc(ex.args[1]), QuoteNode(ex.args[1]), esc(ex.args[2]), esc(ex.args[3]))
        return call
    elseif ex isa Expr && ex.head === :comparison && isempty(kwargs) && all(i -> _is_comparison(ex.args[i]), 2:2:length(ex.args))
        values = Expr(:tuple, (esc(ex.args[i]) for i in 1:2:length(ex.args))...)
        fs = Expr(:tuple, (esc(ex.args[i]) for i in 2:2:length(ex.args))...)
        names = Expr(:tuple, (QuoteNode(ex.args[i]) for i in 2:2:length(ex.args))...)
        return Expr(:call, eval_chain, negated, values, fs, names)
    elseif ex isa Expr && ex.head === :call && (!isempty(kwargs) || ex.args[1] in _shown_functions) && _no_splat(ex.args)
        call = Expr(:call, eval_call)
        options = Any[map(_kw, kwargs)...]
        positional = Any[]
        for a in ex.args[2:end]
            if a isa Expr && a.head === :parameters
                append!(options, map(_kw, a.args))
            elseif a isa Expr && a.head === :kw
                push!(options, _kw(a))
            else
                push!(positional, esc(a))
            end
        end
        isempty(options) || push!(call.args, Expr(:parameters, options...))
        push!(call.args, negated, esc(ex.args[1]), QuoteNode(ex.args[1]))
        append!(call.args, positional)
        return call
    end
    isempty(kwargs) || throw(ArgumentError("invalid test macro call: @test $(_text(ex)) with options"))
    return Expr(:call, Returned, esc(ex), nothing)
end
_kw(a) = a isa Expr && a.head in (:(=), :kw) ? Expr(:kw, a.args[1], esc(a.args[2])) : esc(a)
function _try_expression(ex, kwargs)
    return Expr(:try, Expr(:block, _result_expression(ex, kwargs)), :err, Expr(:block, :(_threw(err))))
end
_shown_test(ex, kwargs) = isempty(kwargs) ? ex : Expr(:call, ex.args[1], ex.args[2:end]..., (Expr(:kw, k.args...) for k in kwargs)...)

macro test(ex, kws...)
    broken = skip = nothing
    kwargs = Any[]
    for kw in kws
        kw isa Expr && kw.head === :(=) || throw(ArgumentError("invalid test macro call: @test $(_text(ex)) $(_text(kw))"))
        if kw.args[1] === :broken
            broken = kw.args[2]
        elseif kw.args[1] === :skip
            skip = kw.args[2]
        else
            push!(kwargs, kw)
        end
    end
    shown = QuoteNode(_shown_test(ex, kwargs))
    source = QuoteNode(__source__)
    result = _try_expression(ex, kwargs)
    body = quote
        local result = $result
        $(broken === nothing ? :(do_test(result, $shown, $source)) :
          :($(esc(broken)) ? do_broken_test(result, $shown, $source) : do_test(result, $shown, $source)))
    end
    skip === nothing && return body
    return :($(esc(skip)) ? record(get_testset(), Broken(:skipped, _text($shown))) : $body)
end
macro test_broken(ex, kws...)
    result = _try_expression(ex, Any[kws...])
    return :(do_broken_test($result, $(QuoteNode(ex)), $(QuoteNode(__source__))))
end
macro test_skip(ex, kws...)
    return :(record(get_testset(), Broken(:skipped, _text($(QuoteNode(ex))))))
end

# --- @test_throws
macro test_throws(extype, ex)
    result = Expr(:try, Expr(:block, Expr(:call, Returned, esc(ex), nothing)), :err, Expr(:block, :(_threw(err))))
    return :(do_test_throws($result, $(QuoteNode(ex)), $(QuoteNode(extype)), $(esc(extype)), $(QuoteNode(__source__))))
end
_same_exception(a, b) = typeof(a) === typeof(b) && all(i -> isdefined(a, i) == isdefined(b, i) &&
    (!isdefined(a, i) || getfield(a, i) == getfield(b, i)), 1:nfields(b))
_matches_message(message, part::AbstractString) = occursin(part, message)
_matches_message(message, parts::Union{AbstractArray,Tuple}) = all(p -> _matches_message(message, p), parts)
_matches_message(message, f::Function) = f(message)
_matches_message(message, pattern) = occursin(pattern, message)
function do_test_throws(result::Returned, ex, shown, extype, source)
    return record(get_testset(), Fail(:test_throws_nothing, _text(ex), _text(shown), nothing, source))
end
function do_test_throws(result::Threw, ex, shown, extype, source)
    e = result.exception
    e isa LoadError && !(extype isa Type && LoadError <: extype) && (e = e.error)
    if extype isa Type
        e isa extype && return record(get_testset(), Pass(:test_throws, ex, extype, e, source))
        return record(get_testset(), Fail(:test_throws_wrong, _text(ex), string(extype), string(typeof(e)), source))
    elseif extype isa Exception
        _same_exception(e, extype) && return record(get_testset(), Pass(:test_throws, ex, extype, e, source))
        return record(get_testset(), Fail(:test_throws_wrong, _text(ex), repr(extype), repr(e), source))
    end
    _matches_message(result.message, extype) && return record(get_testset(), Pass(:test_throws, ex, extype, e, source))
    return record(get_testset(), Fail(:test_throws_message, _text(ex), repr(extype), repr(result.message), source))
end

# --- What goes to standard error
function _capture_stderr(f)
    path = tempname()
    try
        value = open(io -> redirect_stderr(f, io), path, "w")
        return value, read(path, String)
    finally
        rm(path; force=true)
    end
end
_contains_warning(output, message::AbstractString) = occursin(message, output)
_contains_warning(output, messages::Union{Tuple,AbstractArray}) = all(m -> _contains_warning(output, m), messages)
_contains_warning(output, accepts::Function) = accepts(output)
_contains_warning(output, pattern) = occursin(pattern, output)
function do_warn_test(f, message, ex, source)
    value, output = _capture_stderr(f)
    passed = message === nothing ? isempty(output) : _contains_warning(output, message)
    shown = message === nothing ? "no output on stderr" : string(repr(message), " on stderr")
    record(get_testset(), passed ? Pass(:test, ex, nothing, true, source) :
        Fail(:test, _text(ex), string(shown, ", got ", repr(output)), "false", source))
    return value
end
macro test_nowarn(ex)
    return :(do_warn_test(() -> $(esc(ex)), nothing, $(QuoteNode(ex)), $(QuoteNode(__source__))))
end
macro test_warn(message, ex)
    return :(do_warn_test(() -> $(esc(ex)), $(esc(message)), $(QuoteNode(ex)), $(QuoteNode(__source__))))
end

# --- @test_logs
struct LogRecord
    level::Any
    message::Any
    _module::Any
    group::Any
    id::Any
    file::Any
    line::Any
    kwargs::Any
end
# Keeps what is logged while it is the current logger.
struct TestLogger <: Base.CoreLogging.AbstractLogger
    logs::Vector{LogRecord}
    min_level::Base.CoreLogging.LogLevel
    catch_exceptions::Bool
end
TestLogger(; min_level=Base.CoreLogging.Info, catch_exceptions::Bool=false) =
    TestLogger(LogRecord[], convert(Base.CoreLogging.LogLevel, min_level), catch_exceptions)
Base.CoreLogging.min_enabled_level(logger::TestLogger) = logger.min_level
Base.CoreLogging.shouldlog(logger::TestLogger, level, mod, group, id) = true
Base.CoreLogging.catch_exceptions(logger::TestLogger) = logger.catch_exceptions
function Base.CoreLogging.handle_message(logger::TestLogger, level, message, mod, group, id, file, line; kwargs...)
    push!(logger.logs, LogRecord(level, message, mod, group, id, file, line, kwargs))
    return nothing
end
function collect_test_logs(f; options...)
    logger = TestLogger(; options...)
    value = Base.CoreLogging.with_logger(f, logger)
    return logger.logs, value
end

struct Ignored end
const _level_symbols = (debug=Base.CoreLogging.Debug, info=Base.CoreLogging.Info, warn=Base.CoreLogging.Warn, error=Base.CoreLogging.Error)
_matches_level(level, pattern::Symbol) = level == _level_symbols[pattern]
_matches_level(level, ::Ignored) = true
_matches_level(level, pattern) = level == pattern
_matches_field(value, ::Ignored) = true
_matches_field(value, pattern) = pattern == value || !(pattern isa AbstractString) && !(pattern isa Symbol) && occursin(pattern, string(value))
_matches_record(record::LogRecord, pattern) = _matches_level(record.level, pattern)
function _matches_record(record::LogRecord, pattern::Tuple)
    fields = (record.message, record._module, record.group, record.id, record.file, record.line)
    return _matches_level(record.level, pattern[1]) && all(i -> _matches_field(fields[i-1], pattern[i]), 2:length(pattern))
end
function _match_logs(logs, patterns, mode::Symbol)
    mode === :any && return all(p -> any(r -> _matches_record(r, p), logs), patterns)
    mode === :all || throw(ArgumentError("match_mode is :all or :any, not :$mode"))
    return length(logs) == length(patterns) && all(i -> _matches_record(logs[i], patterns[i]), 1:length(logs))
end
_record_text(r::LogRecord) = string("\n    ", r.level, ": ", repr(r.message), isempty(r.kwargs) ? "" : string(" ", values(r.kwargs)))
function do_test_logs(f, patterns, shown, source; min_level=Base.CoreLogging.Info, match_mode::Symbol=:all, options...)
    local logs, value
    try
        logs, value = collect_test_logs(f; min_level=min_level, options...)
    catch
        return record(get_testset(), Error(:test_error, _text(shown), _threw_text()..., source))
    end
    t = _match_logs(logs, patterns, match_mode) ? Pass(:test, shown, nothing, value, source) :
        Fail(:test_logs, _text(shown), join(map(repr, patterns), " "), isempty(logs) ? "(none)" : join(map(_record_text, logs)), source)
    record(get_testset(), t)
    return value
end
function _threw_text()
    e = current_exceptions()[end].exception
    return sprint(showerror, e), _caught_trace()
end
macro test_logs(exs...)
    isempty(exs) && throw(ArgumentError("@test_logs needs an expression to test"))
    patterns = Any[]
    options = Any[]
    for ex in exs[1:end-1]
        ex isa Expr && ex.head === :(=) ? push!(options, Expr(:kw, ex.args[1], esc(ex.args[2]))) : push!(patterns, esc(ex))
    end
    shown = QuoteNode(exs[end])
    return :(do_test_logs(() -> $(esc(exs[end])), ($(patterns...),), $shown, $(QuoteNode(__source__)); $(options...)))
end
macro test_deprecated(exs...)
    return :(throw(ArgumentError("@test_deprecated: there are no deprecation warnings to test for yet")))
end

# --- @inferred
macro inferred(ex)
    return _inferred(ex, Union{})
end
macro inferred(allowed, ex)
    return _inferred(ex, esc(allowed))
end
function _inferred(ex, allowed)
    ex isa Expr && ex.head === :ref && (ex = Expr(:call, GlobalRef(Base, :getindex), ex.args...))
    ex isa Expr && ex.head === :call || error("@inferred requires a call expression")
    options = Any[]
    positional = Any[]
    for a in ex.args[2:end]
        a isa Expr && a.head === :parameters ? append!(options, map(_kw, a.args)) :
            a isa Expr && a.head === :kw ? push!(options, _kw(a)) : push!(positional, esc(a))
    end
    return :(do_inferred($allowed, $(esc(ex.args[1])), ($(positional...),), (; $(options...))))
end
_type_of_argument(x) = x isa Type ? Type{x} : typeof(x)
function do_inferred(allowed, f, args, options)
    result = f(args...; options...)
    inferred = isempty(options) ? Base.promote_op(f, map(_type_of_argument, args)...) :
        Base.promote_op(Core.kwcall, typeof(options), _type_of_argument(f), map(_type_of_argument, args)...)
    found = typeof(result)
    found === inferred || found <: allowed || error("return type ", found, " does not match inferred return type ", inferred)
    return result
end

# --- Ambiguities
_more_specific(a, b) = ccall(:jl_type_more_specific, UInt8, (Any, Any), a, b) != 0
# Arguments that both methods take, that neither takes before the other, and that no third method claims.
function _is_ambiguous(a::Method, b::Method, all)
    common = typeintersect(a.sig, b.sig)
    (common === Union{} || _more_specific(a.sig, b.sig) || _more_specific(b.sig, a.sig)) && return false
    return !any(m -> m !== a && m !== b && common <: m.sig && _more_specific(m.sig, a.sig) && _more_specific(m.sig, b.sig), all)
end
function _modules_within!(found, m::Module, recursive::Bool)
    m in found && return found
    push!(found, m)
    recursive || return found
    for name in names(m; all=true)
        inner = isdefined(m, name) ? getglobal(m, name) : nothing
        inner isa Module && inner !== m && parentmodule(inner) === m && _modules_within!(found, inner, true)
    end
    return found
end
function detect_ambiguities(modules::Module...; recursive::Bool=false, ambiguous_bottom::Bool=false, allowed_undefineds=nothing)
    within = Any[]
    foreach(m -> _modules_within!(within, m, recursive), modules)
    callables = Any[]
    for m in within, name in names(m; all=true)
        f = isdefined(m, name) ? getglobal(m, name) : nothing
        (f isa Function || f isa Type) && !any(g -> g === f, callables) && push!(callables, f)
    end
    found = Tuple{Method,Method}[]
    for f in callables
        all = collect(methods(f))
        for i in 1:length(all), j in i+1:length(all)
            (all[i].module in within || all[j].module in within) && _is_ambiguous(all[i], all[j], all) && push!(found, (all[i], all[j]))
        end
    end
    return found
end

# --- @testset
macro testset(args...)
    isempty(args) && error("No arguments to @testset")
    body = args[end]
    description = nothing
    type = :(_set_type()) # as the set around it
    options = Any[]
    for a in args[1:end-1]
        if a isa AbstractString || (a isa Expr && a.head === :string)
            description = a
        elseif a isa Expr && a.head === :(=)
            push!(options, Expr(:kw, a.args[1], esc(a.args[2])))
        else
            type = esc(a)
        end
    end
    source = QuoteNode(__source__)
    if body isa Expr && body.head === :for
        return _testset_for(body, description, type, options, source)
    end
    if body isa Expr && body.head === :let
        return _testset_let(body, source)
    end
    name = description !== nothing ? esc(description) : body isa Expr && body.head === :call ? string(body.args[1]) : "test set"
    return _testset_one(esc(body), name, type, options, source)
end
function _testset_one(body, name, type, options, source)
    return quote
        local ts = $type($name; $(options...))
        push_testset(ts)
        try
            let
                $body
            end
        catch err
            err isa InterruptException && rethrow()
            record(ts, Error(:nontest_error, "", sprint(showerror, err), _caught_trace(), $source))
        finally
            pop_testset()
        end
        finish(ts)
    end
end
# The tests of `@testset let x = 1 ... end` count in the set around it and say what the variables were.
struct ContextTestSet <: AbstractTestSet
    parent::Any
    context::String
end
record(ts::ContextTestSet, t::Union{Pass,Broken,Error,AbstractTestSet}) = record(ts.parent, t)
function record(ts::ContextTestSet, t::Fail)
    context = t.context === nothing ? ts.context : string(ts.context, "\n              ", t.context)
    return record(ts.parent, Fail(t.kind, t.expression, t.data, t.value, t.source, context))
end
function _testset_let(ex, source)
    bindings = ex.args[1]
    list = bindings isa Expr && bindings.head === :block ? bindings.args : Any[bindings]
    names = Any[b isa Expr && b.head === :(=) ? b.args[1] : b for b in list if !(b isa LineNumberNode)]
    shown = Any[:($string($(string(name, " = ")), $_shown($name))) for name in names]
    return esc(Expr(:let, bindings, quote
        $push_testset($ContextTestSet($get_testset(), $join(($(shown...),), "\n              ")))
        try
            $(ex.args[2])
        finally
            $pop_testset()
        end
    end))
end
function _testset_for(loop, description, type, options, source)
    iterations = loop.args[1]
    ranges = iterations.head === :block ? Any[a for a in iterations.args if !(a isa LineNumberNode)] : Any[iterations]
    if description === nothing
        parts = Any["test set "]
        description = Expr(:string, "test set")
        for (k, r) in enumerate(ranges)
            append!(description.args, Any[k == 1 ? " " : ", ", string(r.args[1]), " = ", r.args[1]])
        end
    end
    one = _testset_one(esc(loop.args[2]), esc(description), type, options, source)
    result = :(push!(all, $one))
    for r in reverse(ranges)
        result = Expr(:for, Expr(:(=), esc(r.args[1]), esc(r.args[2])), Expr(:block, result))
    end
    return quote
        local all = Any[]
        $result
        all
    end
end

# Minimal implementations of the abstract interfaces, for tests of generic code.
struct GenericString <: AbstractString
    string::AbstractString
end
Base.ncodeunits(s::GenericString) = ncodeunits(s.string)
Base.codeunit(s::GenericString) = codeunit(s.string)
Base.codeunit(s::GenericString, i::Integer) = codeunit(s.string, i)
Base.isvalid(s::GenericString, i::Integer) = isvalid(s.string, i)
Base.iterate(s::GenericString, i::Int=1) = iterate(s.string, i)
struct GenericSet{T} <: AbstractSet{T}
    s::AbstractSet{T}
end
Base.length(s::GenericSet) = length(s.s)
Base.iterate(s::GenericSet, i...) = iterate(s.s, i...)
Base.in(x, s::GenericSet) = in(x, s.s)
struct GenericDict{K,V} <: AbstractDict{K,V}
    s::AbstractDict{K,V}
end
Base.length(d::GenericDict) = length(d.s)
Base.iterate(d::GenericDict, i...) = iterate(d.s, i...)
Base.get(d::GenericDict, k, default) = get(d.s, k, default)
detect_unbound_args(args...; kwargs...) = throw(ArgumentError("detect_unbound_args is not there yet"))
end
