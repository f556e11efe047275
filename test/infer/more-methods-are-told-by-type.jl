# SPDX-License-Identifier: MIT
# More than three methods are told apart by tests of types too, when each is for concrete ones; the last may take the rest.
# RUN: %lig --dump=typed %s > %t && FileCheck --check-prefix=TYPED %s < %t
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
abstract type Shape end
struct Circle <: Shape
    r::Float64
end
struct Square <: Shape
    a::Float64
end
struct Point <: Shape end
struct Line <: Shape
    l::Float64
end

area(s::Circle) = 3.0 * s.r * s.r
area(s::Square) = s.a * s.a
area(s::Point) = 0.0
area(s::Line) = s.l * 0.0

meet(a::Shape, b::Shape) = 1
meet(a::Circle, b::Circle) = 2
meet(a::Circle, b::Square) = 3
meet(a::Square, b::Circle) = 4
meet(a::Point, b::Shape) = 5

# TYPED-LABEL: typed areas(::Vector{Shape}
# TYPED-NOT: Main.area({{.*}})::Float64
# TYPED-DAG: Core.isa({{.*}}, Circle)
# TYPED-DAG: Core.isa({{.*}}, Square)
# TYPED-DAG: Core.isa({{.*}}, Point)
# TYPED-DAG: Core.isa({{.*}}, Line)
# TYPED: Main.area({{.*}})::Union{}
function areas(shapes)
    out = Float64[]
    for s in shapes
        push!(out, area(s))
    end
    return out
end

# TYPED-LABEL: typed meetings(::Vector{Shape}
# TYPED-NOT: Main.meet
# TYPED-LABEL: typed
function meetings(shapes)
    for a in shapes
        for b in shapes
            print(meet(a, b))
        end
        println()
    end
end
const shapes = Shape[Circle(1.0), Square(2.0), Point(), Line(3.0)]
# CHECK: [3.0, 4.0, 0.0, 0.0]
# CHECK-NEXT: 2311
# CHECK-NEXT: 4111
# CHECK-NEXT: 5555
# CHECK-NEXT: 1111
println(areas(shapes))
meetings(shapes)

# A method that comes later is seen by what has been compiled, a value of a type that comes later taken by the rest.
meet(a::Line, b::Line) = 6
struct Ring <: Shape
    r::Float64
end
# CHECK-NEXT: 61
# CHECK-NEXT: 11
# CHECK-NEXT: 11
# CHECK-NEXT: 55
meetings(Shape[Line(1.0), Ring(1.0)])
meetings(Shape[Ring(1.0), Point()])
# CHECK-NEXT: MethodError
println(try areas(Shape[Ring(7.0)]) catch e; typeof(e) end)
area(s::Ring) = s.r
area(s::Circle) = 8
# CHECK-NEXT: [8.0, 7.0]
println(areas(Shape[Circle(1.0), Ring(7.0)]))

# Nothing is told where calls are ambiguous.
meet(a::Shape, b::Line) = 9
# CHECK-NEXT: 19
# CHECK-NEXT: 16
meetings(Shape[Ring(1.0), Line(1.0)])
# CHECK-NEXT: 61
# CHECK-NEXT: MethodError
println(try meetings(Shape[Line(1.0), Point()]) catch e; typeof(e) end)
