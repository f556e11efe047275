# SPDX-License-Identifier: MIT
# A call of an abstract argument that may reach a few methods tests the type and calls the method, without dispatch.
# RUN: %lig --dump=typed %s | FileCheck %s
# RUN: %lig %s | FileCheck --check-prefix=OUT %s
# RUN: %lig --compile=min %s | FileCheck --check-prefix=OUT %s
abstract type Shape end
struct Circle <: Shape
    r::Float64
end
struct Square <: Shape
    a::Float64
end
struct Odd <: Shape end
area(c::Circle) = 3 * c.r^2
area(s::Square) = s.a^2
function total(v)
    sum = 0.0
    for s in v
        sum += area(s)
    end
    return sum
end
println(total(Shape[Circle(1), Square(2)]))
try
    total(Shape[Odd()])
catch e
    println(e isa MethodError)
end
area(::Odd) = 1
println(total(Shape[Circle(1), Odd()]))
# CHECK-LABEL: typed total(::Vector{Shape})
# CHECK-DAG: isa({{.*}}, Circle)
# CHECK-DAG: isa({{.*}}, Square)
# CHECK: area({{.*}})::Union{}
# CHECK: => Float64
# OUT: 7.0
# OUT-NEXT: true
# OUT-NEXT: 4.0
