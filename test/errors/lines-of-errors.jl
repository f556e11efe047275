# The line of an error is where it happened, in compiled loops and in the interpreter alike. Each line that throws ends with the name of
# the function that was called.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
function undefined_local(n)
    for i in 1:n

        totl += i  # undefined_local
    end
    totl
end
function undefined_global(n)
    s = 0
    for i in 1:n
        s += i
        s += no_such_name  # undefined_global
    end
    s
end
function bounds(a)
    s = 0
    for i in 1:10

        s += a[i]  # bounds
    end
    s
end
function bounds_store(a)
    for i in 1:10
        x = i
        a[i] = x  # bounds_store
    end
end
function divide(n)
    s = 0
    for i in n:-1:0
        s += i

        s += div(10, i)  # divide
    end
    s
end
function no_method(n)
    s = 0
    for i in 1:n
        s += i
        s += sin("a")  # no_method
    end
    s
end
function no_method_unknown(x)
    s = 0
    for i in 1:3
        s += 1
        s += x.f + 1  # no_method_unknown
    end
    s
end
function inexact(x)
    s = 0
    for i in 1:3
        s += 1
        s += Int(x / 2)  # inexact
    end
    s
end
function assertion(x)
    for i in 1:3

        x::String  # assertion
    end
end
function conversion(x)
    local y::Int
    for i in 1:3
        x = i
        y = "a"  # conversion
    end
end
function non_boolean(x)
    for i in 1:3

        if x  # non_boolean
            return 1
        end
    end
end
function key_error(d)
    for i in 1:3

        d[i]  # key_error
    end
end
function overflow(n)
    s = 0
    for i in 1:n

        s = Base.checked_add(typemax(Int), i)  # overflow
    end
    s
end
function domain(x)
    s = 0.0
    for i in 1:3

        s += sqrt(x)  # domain
    end
    s
end
function user_error(x)
    for i in 1:3
        x == 5 || x
        error("mine")  # user_error
    end
end
function thrown(x)
    for i in 1:3

        throw(ArgumentError("mine"))  # thrown
    end
end
mutable struct Slot
    v::Int
    r::Any
    Slot() = new()
end
function undefined_field(s)
    for i in 1:3

        s.r  # undefined_field
    end
end
function no_field(s)
    for i in 1:3

        s.nothing_here  # no_field
    end
end
function set_wrong_type(s)
    for i in 1:3

        s.v = "x"  # set_wrong_type
    end
end
function set_immutable(p)
    for i in 1:3

        p.first = 2  # set_immutable
    end
end
function destructure(t)
    for i in 1:3

        a, b, c = t  # destructure
    end
end
function not_iterable(x)
    for i in 1:3

        a, b = x  # not_iterable
    end
end
function keyword_missing(x)
    for i in 1:3

        needs_keyword(x)
    end
end
needs_keyword(x; k) = x + k  # keyword_missing
function splat_bad(x)
    for i in 1:3

        max(x...)  # splat_bad
    end
end
function negative_length(n)
    for i in 1:3

        Vector{Int}(undef, n)  # negative_length
    end
end
function deep(n)
    for i in 1:3

        inner(n)
    end
end
@noinline function inner(n)
    n > 5 && return inner_most(n)
    n
end
@noinline function inner_most(n)

    [n][n]  # deep
end
function comparison(a)
    for i in 1:3

        a < "x"  # comparison
    end
end
function apply_type(t)
    for i in 1:3

        Vector{t, t}  # apply_type
    end
end
function parse_bad(s)
    for i in 1:3

        parse(Int, s)  # parse_bad
    end
end
function in_closure(v)
    for i in 1:3

        map(x -> x ÷ 0, v)  # in_closure
    end
end
function shifted(x)
    y = x + 1
    z = y *  # shifted
        "a"
    for i in 1:3; z; end
end
function in_branch(x)
    for i in 1:3
        if i == 2
            x = 1
        elseif i == 1
            x +  # in_branch
              nothing
        end
    end
end
const MARKS = Dict(strip(last(split(text, "  # "))) => line for (line, text) in enumerate(eachline(@__FILE__)) if occursin("  # ", text))
wrong = 0
function report(f, args...)
    try
        f(args...)
        println(nameof(f), ": nothing thrown")
        global wrong += 1
    catch e
        here = filter(frame -> String(frame.file) == @__FILE__(), stacktrace(catch_backtrace()))
        if isempty(here) || here[1].line != MARKS[string(nameof(f))] || !any(frame -> frame.func === nameof(f), here)
            println(nameof(f), ": ", typeof(e), ", line ", MARKS[string(nameof(f))], " expected, got ", here)
            global wrong += 1
        end
    end
end
report(undefined_local, 3)
report(undefined_global, 3)
report(bounds, [1, 2])
report(bounds_store, [1, 2])
report(divide, 3)
report(no_method, 3)
report(no_method_unknown, (f="a",))
report(inexact, 3)
report(assertion, 3)
report(conversion, 3)
report(non_boolean, 3)
report(key_error, Dict(5 => 1))
report(overflow, 3)
report(domain, -1.0)
report(user_error, 5)
report(thrown, 5)
report(undefined_field, Slot())
report(no_field, Slot())
report(set_wrong_type, Slot())
report(set_immutable, 1 => 2)
report(destructure, (1, 2))
report(not_iterable, :a)
report(keyword_missing, 1)
report(splat_bad, [1, "a"])
report(negative_length, -1)
report(deep, 6)
report(comparison, 1)
report(apply_type, Int)
report(parse_bad, "x")
report(in_closure, [1])
report(shifted, 1)
report(in_branch, 1)
# CHECK-NOT: expected
# CHECK: 0 of 32 wrong
println(wrong, " of 32 wrong")
