# Loops at top level that make closures, compiled and interpreted.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --dump=typed %s | FileCheck --check-prefix=COMPILED %s
# The loop itself is compiled, closure and all.
# COMPILED: typed top-level scope
total = 0
for i in 1:1000
    global total += sum(map(x -> x + i, (1, 2, 3)))
end
println(total)
# CHECK: 1507500

# Each iteration has its own variables.
functions = []
for i in 1:3
    local j = 10i
    push!(functions, () -> (j += i))
end
println([f() + f() for f in functions])
# CHECK-NEXT: [23, 46, 69]

# Local functions with keywords, optional arguments and several methods.
for n in 1:2
    scale(x, by = n; plus = 0) = x * by + plus
    scale(s::String) = s^n
    println(scale(3), " ", scale(3, 5; plus = 1), " ", scale("ab"))
end
# CHECK-NEXT: 3 16 ab
# CHECK-NEXT: 6 16 abab

# What the loop evaluates is visible to the rest of its iteration.
for i in 1:2
    @eval latest() = $i
    println(latest())
end
# CHECK-NEXT: 1
# CHECK-NEXT: 2

# A closure whose signature needs a type of the same expression.
begin
    struct Late
        x::Int
    end
    for i in 1:2
        get = (l::Late) -> l.x + i
        println(get(Late(40)))
    end
end
# CHECK-NEXT: 41
# CHECK-NEXT: 42

# Closures in closures, one with a type of its own parameter.
for i in 1:1
    outer = function (x::T) where T
        inner(y::T) = (x, y, i)
        inner
    end
    println(outer(1)(2))
    println(try outer(1)("a") catch e; e isa MethodError end)
end
# CHECK-NEXT: (1, 2, 1)
# CHECK-NEXT: true
