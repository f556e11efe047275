# SPDX-License-Identifier: MIT
# Shapes and what happens between two of them: multiple dispatch chooses the
# method by the types of all arguments.
#
#     lig examples/shapes.jl

abstract type Shape end
abstract type Polygon <: Shape end

struct Point{T<:Real}
    x::T
    y::T
end

struct Circle{T} <: Shape
    centre::Point{T}
    radius::T
end

struct Rectangle{T} <: Polygon
    corner::Point{T}
    width::T
    height::T
end

struct Triangle{T} <: Polygon
    a::Point{T}
    b::Point{T}
    c::Point{T}
end

Square(corner, side) = Rectangle(corner, side, side)

distance(p::Point, q::Point) = sqrt((p.x - q.x)^2 + (p.y - q.y)^2)

area(s::Circle) = π * s.radius^2
area(s::Rectangle) = s.width * s.height
area(s::Triangle) = abs((s.b.x - s.a.x) * (s.c.y - s.a.y) - (s.c.x - s.a.x) * (s.b.y - s.a.y)) / 2

corners(s::Triangle) = (s.a, s.b, s.c)
function corners(s::Rectangle)
    x, y = s.corner.x, s.corner.y
    return (s.corner, Point(x + s.width, y), Point(x + s.width, y + s.height), Point(x, y + s.height))
end

perimeter(s::Circle) = 2π * s.radius
function perimeter(s::Polygon)
    points = corners(s)
    total = 0.0
    for i in 1:length(points)
        total += distance(points[i], points[i == length(points) ? 1 : i + 1])
    end
    return total
end

name(::Circle) = "circle"
name(::Triangle) = "triangle"
name(s::Rectangle) = s.width == s.height ? "square" : "rectangle"

# One method for each pair that has a short answer, a bounding box for all others.
meet(a::Circle, b::Circle) = distance(a.centre, b.centre) <= a.radius + b.radius
function meet(a::Circle, b::Rectangle)
    x = clamp(a.centre.x, b.corner.x, b.corner.x + b.width)
    y = clamp(a.centre.y, b.corner.y, b.corner.y + b.height)
    return distance(a.centre, Point(x, y)) <= a.radius
end
meet(a::Rectangle, b::Circle) = meet(b, a)
function meet(a::Shape, b::Shape)
    p, q = box(a), box(b)
    return p.corner.x <= q.corner.x + q.width && q.corner.x <= p.corner.x + p.width &&
           p.corner.y <= q.corner.y + q.height && q.corner.y <= p.corner.y + p.height
end

box(s::Rectangle) = s
box(s::Circle) = Square(Point(s.centre.x - s.radius, s.centre.y - s.radius), 2 * s.radius)
function box(s::Triangle)
    left, right = min(s.a.x, s.b.x, s.c.x), max(s.a.x, s.b.x, s.c.x)
    low, high = min(s.a.y, s.b.y, s.c.y), max(s.a.y, s.b.y, s.c.y)
    return Rectangle(Point(left, low), right - left, high - low)
end

grow(s::Circle, k) = Circle(s.centre, k * s.radius)
grow(s::Rectangle, k) = Rectangle(s.corner, k * s.width, k * s.height)
grow(s::Shape, k) = s

shapes = Shape[
    Circle(Point(0.0, 0.0), 1.0),
    Circle(Point(3, 4), 2),
    Rectangle(Point(1.0, 1.0), 2.0, 3.5),
    Square(Point(-3, -3), 3),
    Triangle(Point(0.0, 0.0), Point(4.0, 0.0), Point(0.0, 3.0)),
]

total = 0.0
for s in shapes
    println(name(s), ": area ", area(s), ", perimeter ", perimeter(s))
    global total += area(s)
end
println("all together: ", total)

for i in 1:length(shapes), j in i+1:length(shapes)
    if meet(shapes[i], shapes[j])
        println(name(shapes[i]), " ", i, " meets ", name(shapes[j]), " ", j)
    end
end

for s in shapes
    println(name(s), " grown: ", area(grow(s, 2)))
end
