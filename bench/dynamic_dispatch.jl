# SPDX-License-Identifier: MIT
# Calls whose method is known only at run time: shapes of six types in one vector, and messages between two of them.
# The same in JavaScript: peers/dynamic_dispatch.js

abstract type Shape end
struct Circle <: Shape
    r::Float64
end
struct Square <: Shape
    a::Float64
end
struct Rectangle <: Shape
    a::Float64
    b::Float64
end
struct Triangle <: Shape
    base::Float64
    height::Float64
end
struct Point <: Shape end
struct Ring <: Shape
    inner::Float64
    outer::Float64
end

area(s::Circle) = 3.0 * s.r * s.r
area(s::Square) = s.a * s.a
area(s::Rectangle) = s.a * s.b
area(s::Triangle) = s.base * s.height / 2
area(::Point) = 0.0
area(s::Ring) = 3.0 * (s.outer * s.outer - s.inner * s.inner)

meet(a::Shape, b::Shape) = 1
meet(a::Circle, b::Circle) = 2
meet(a::Circle, b::Square) = 3
meet(a::Square, b::Circle) = 4
meet(a::Point, b::Shape) = 5

function make(k)
    kind, x = k * 7919 % 6, k % 13 + 1.0
    kind == 0 && return Circle(x)
    kind == 1 && return Square(x)
    kind == 2 && return Rectangle(x, 2.0)
    kind == 3 && return Triangle(x, 4.0)
    kind == 4 && return Point()
    return Ring(x, x + 1)
end

@noinline function work(n)
    shapes = Shape[make(k) for k in 1:1000]
    sum, meetings = 0.0, 0
    for round in 1:n
        for i in 1:999
            sum += area(shapes[i])
            meetings += meet(shapes[i], shapes[i+1])
        end
    end
    return sum + meetings
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 1_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
