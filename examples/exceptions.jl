# SPDX-License-Identifier: MIT
# Errors that carry what a caller needs to know: custom exceptions, finally,
# rethrowing, retrying, and exceptions that cause others.
#
#     lig examples/exceptions.jl

abstract type OrderError <: Exception end

struct OutOfStock <: OrderError
    item::String
    wanted::Int
    left::Int
end
struct UnknownItem <: OrderError
    item::String
end
struct OrderFailed <: OrderError
    number::Int
    cause::Exception
end

Base.showerror(io::IO, e::OutOfStock) = print(io, "OutOfStock: ", e.wanted, " × ", e.item, " wanted, ", e.left, " left")
function Base.showerror(io::IO, e::OrderFailed)
    print(io, "order ", e.number, " failed: ")
    showerror(io, e.cause)
end

const STOCK = Dict("bolt" => 100, "nut" => 20, "gear" => 1)

function take!(item, n)
    haskey(STOCK, item) || throw(UnknownItem(item))
    n > 0 || throw(DomainError(n, "one can only take a positive number"))
    left = STOCK[item]
    left >= n || throw(OutOfStock(item, n, left))
    STOCK[item] = left - n
    return n
end

# All or nothing: what was taken goes back before the error goes on.
function order(number, wishes...)
    taken = Pair{String,Int}[]
    try
        for (item, n) in wishes
            push!(taken, item => take!(item, n))
        end
        return "order $number: " * join(("$n × $item" for (item, n) in taken), ", ")
    catch e
        for (item, n) in taken
            STOCK[item] += n
        end
        e isa OrderError || rethrow()
        throw(OrderFailed(number, e))
    end
end

function attempt(f, args...)
    try
        println(f(args...))
    catch e
        println(nameof(typeof(e)), " | ", first_line(e))
    end
end
first_line(e) = first(eachsplit(sprint(showerror, e), '\n'))

attempt(order, 1, "bolt" => 10, "nut" => 5)
attempt(order, 2, "bolt" => 50, "gear" => 2)
attempt(order, 3, "nut" => 1, "wheel" => 1)
attempt(order, 4, "bolt" => 0)
attempt(order, 5, "gear" => 1, "gear" => 1)
println(sort(collect(STOCK)))

# finally runs on every way out.
function ways_out(how)
    try
        how === :return && return "returned"
        how === :throw && error("thrown")
        how === :skip && for _ in 1:1
            try
                continue
            finally
                print("[inner] ")
            end
        end
        return "fell through"
    catch
        return "caught"
    else
        return "never seen, since the block always returns"
    finally
        print("[cleaned] ")
    end
end
for how in (:return, :throw, :skip, :nothing)
    println(how, ": ", ways_out(how))
end

# Tries again while the error is one that may pass.
function retrying(f; attempts, on)
    for k in 1:attempts
        try
            return f(k)
        catch e
            (e isa on && k < attempts) || rethrow()
            println("  attempt ", k, ": ", sprint(showerror, e))
        end
    end
end
println(retrying(k -> k < 3 ? error("not yet") : "done at $k"; attempts = 5, on = ErrorException))
attempt(() -> retrying(k -> [1, 2][k + 1]; attempts = 2, on = BoundsError))
attempt(() -> retrying(_ -> sqrt(-1.0); attempts = 2, on = BoundsError))

# The exceptions that are being handled, the outer one first.
try
    try
        order(6, "wheel" => 1)
    catch e
        throw(ErrorException("while reporting " * string(typeof(e.cause))))
    end
catch
    stack = current_exceptions()
    println(length(stack), ": ", join((nameof(typeof(x.exception)) for x in stack), " <- "))
end

# What the library itself throws.
attempt(parse, Int, "12x")
attempt(getindex, Dict("a" => 1), "b")
attempt(div, 1, 0)
attempt(Int, 2.5)
attempt(() -> [1, 2, 3][4])
attempt(() -> "é"[2])
attempt(() -> "a" + 1 isa Int)
attempt(convert, Int, "1")
attempt(() -> throw(UnknownItem("wheel")))
attempt(() -> (1, 2).third)
attempt(() -> (@assert 1 + 1 == 3 "arithmetic works"))
println(try parse(Int, "42") catch; -1 end + (try parse(Int, "no") catch; -1 end))
