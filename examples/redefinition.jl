# SPDX-License-Identifier: MIT
# A program that changes while it runs: eval, methods that are replaced, and which
# of them a running function sees.
#
#     lig examples/redefinition.jl

price(x) = 10x
total(xs) = sum(price, xs)
println(total(1:3))

# A new method with the same signature takes the old one's place, also for callers that were compiled.
price(x) = 20x
println(total(1:3))
price(x::Float64) = 0.5 # and a more specific one joins it
println(total(1:3), " ", total([1, 2.0]), " ", length(methods(price)))

# A function goes on in the world in which it was called ...
@noinline answer() = 1
function redefine()
    before = answer()
    @eval answer() = 2
    return (before, answer(), Base.invokelatest(answer))
end
println(redefine(), " ", answer())

# ... unless it asks for the newest one at each call.
function watch(n)
    seen = Int[]
    for k in 1:n
        @eval level() = $k
        push!(seen, Base.invokelatest(level))
    end
    return seen
end
println(watch(4))
@eval level() = 40
println(level()) # at top level each statement is in the newest world

function too_new()
    @eval brand_new(x) = x + 1
    try
        return brand_new(1)
    catch e
        return nameof(typeof(e))
    end
end
println(too_new(), " ", brand_new(1))

# Programs as data.
ex = :(a + b * 2)
println(ex.head, " ", ex.args, " ", typeof(ex.args[3]))
a, b = 1, 20
println(eval(ex), " ", eval(Expr(:call, :max, ex, 7)), " ", eval(Meta.parse("a - b")))
ex.args[1] = :-
println(ex, " = ", eval(ex))

# Substitutes and folds: a small optimizer over trees.
substitute(x::Symbol, env) = get(env, x, x)
substitute(x::Expr, env) = Expr(x.head, (substitute(arg, env) for arg in x.args)...)
substitute(x, _) = x
fold(x) = x
function fold(x::Expr)
    args = map(fold, x.args)
    if x.head === :call && all(arg -> arg isa Number, args[2:end])
        return eval(Expr(:call, args...))
    end
    return Expr(x.head, args...)
end
program = :(2 * 3 + rate * (hours - 1))
println(substitute(program, Dict(:rate => 4)))
println(fold(program), " ", fold(substitute(program, Dict(:rate => 4, :hours => 11))))

# A family of methods from a table.
for (name, limit) in ((:small, 10), (:middle, 100), (:large, 1000))
    @eval begin
        $(Symbol("is_", name))(x) = x <= $limit
        $name(xs) = filter($(Symbol("is_", name)), xs)
    end
end
println(small([5, 50, 500]), " ", middle([5, 50, 500]), " ", large([5, 50, 500]))

# A function compiled from a formula that arrives as text.
function compile(formula, arguments...)
    return eval(:(($(arguments...),) -> $(Meta.parse(formula))))
end
hypotenuse = compile("sqrt(x^2 + y^2)", :x, :y)
println(hypotenuse(3, 4), " ", map(compile("k % 3 == 0 ? :fizz : k", :k), 1:6))

# Modules can be made at run time too.
@eval module Scratch
value = 40
next() = (global value += 1)
end
println(Core.eval(Scratch, :(next() + next())), " ", Scratch.value, " ", isdefined(Main, :value))
println((@isdefined nothing_here), " ", (@isdefined a), " ", invoke(price, Tuple{Any}, 1.0), " ", price(1.0))
