# SPDX-License-Identifier: MIT
# Macros write programs: methods from a table, code that sees its own text, small languages.
#
#     lig examples/macros.jl

# One type and its arithmetic for each unit: `@units metre second` makes
# Metre and Second, which add among themselves and scale by numbers.
macro units(names...)
    code = Expr(:block)
    for name in names
        T = Symbol(titlecase(string(name)))
        definition = quote
            struct $T
                value::Float64
            end
            Base.:+(a::$T, b::$T) = $T(a.value + b.value)
            Base.:-(a::$T, b::$T) = $T(a.value - b.value)
            Base.:*(k::Real, a::$T) = $T(k * a.value)
            Base.isless(a::$T, b::$T) = a.value < b.value
            Base.show(io::IO, a::$T) = print(io, a.value, " ", $(string(name)), a.value == 1 ? "" : "s")
            const $name = $T(1)
        end
        append!(code.args, definition.args)
    end
    return esc(code)
end

@units metre second
println(3metre + 0.5metre, ", ", 2second - second, ", ", metre, ", ", maximum([1metre, 4metre, 2metre]))
println(try metre + second catch e; nameof(typeof(e)) end)

# Delegation: the listed functions of a wrapper call those of its field.
macro forward(target, functions...)
    T, field = target.args[1], target.args[2]
    methods = [:($f(x::$T, args...) = $f(x.$(field.value), args...)) for f in functions]
    return esc(Expr(:block, methods...))
end
struct Team
    members::Vector{String}
end
@forward Team.members Base.length Base.getindex Base.iterate Base.push!
team = Team(["Ada"])
push!(team, "Grace")
println(length(team), " ", team[2], " ", [uppercase(m) for m in team])

# An expression's own text beside its value.
macro shown(ex)
    return :(println($(string(ex)), " = ", $(esc(ex))))
end
n = 7
@shown n * (n + 1) ÷ 2
@shown [k^2 for k in 1:3]

# Hygiene: the macro's `t` is not the caller's, though the caller's code stands inside.
macro swap!(a, b)
    return quote
        t = $(esc(a))
        $(esc(a)) = $(esc(b))
        $(esc(b)) = t
        nothing
    end
end
t, u = 1, 2
@swap! t u
println((t, u))

# Control flow of one's own.
macro unless(condition, body)
    return :($(esc(condition)) ? nothing : $(esc(body)))
end
macro repeat(n, body)
    return quote
        for _ in 1:$(esc(n))
            $(esc(body))
        end
    end
end
x = 1
@repeat 3 begin
    global x *= 2
end
@unless x > 100 println("x is ", x)

# Rewrites a tree: every number of the expression becomes a float.
floats(x::Integer) = float(x)
floats(ex::Expr) = Expr(ex.head, map(floats, ex.args)...)
floats(other) = other
macro floats(ex)
    return esc(floats(ex))
end
println(@floats 1 + 2 * 3)
println(@macroexpand @floats a * (b + 1))

# A state machine from a table, with one method per transition.
macro machine(name, body)
    code = Expr(:block)
    for line in body.args
        line isa LineNumberNode && continue
        from, (event, to) = line.args[2], line.args[3].args[2:3]
        push!(code.args, :($name(::Val{$(QuoteNode(from))}, ::Val{$(QuoteNode(event))}) = $(QuoteNode(to))))
    end
    push!(code.args, :($name(state::Symbol, event::Symbol) = $name(Val(state), Val(event))))
    push!(code.args, :($name(::Val, ::Val) = :broken))
    return esc(code)
end
@machine door begin
    closed => open => opened
    opened => close => closed
    closed => lock => locked
    locked => unlock => closed
end
println(foldl(door, [:open, :close, :lock]; init = :closed), " ", door(:locked, :open), " ", length(methods(door)))

# A string macro: a tiny format for sets of days.
macro days_str(text)
    return [Symbol(d) for d in split(text)]
end
println(days"mon wed fri", " ", eltype(days"sun"))
