# Types that a module has imported by name are shown without their module there; functions are printed without theirs.
# RUN: %lig %s | FileCheck %s
module Shapes
export Exported
struct Imported{T}; x::T; end
struct Other; end
struct Renamed; end
struct Exported; end
area() = 1
end
using .Shapes
using .Shapes: Imported
import .Shapes.Renamed as Short
# CHECK: Imported{Int64}(1) Exported() Main.Shapes.Other() Main.Shapes.Renamed()
println(Imported(1), " ", Exported(), " ", Shapes.Other(), " ", Short())
# CHECK: Imported[Imported{Int64}(1), Imported{String}("a")] typeof(Main.Shapes.area)
println(Imported[Imported(1), Imported("a")], " ", typeof(Shapes.area))
# CHECK: area sin + Main.Shapes.area
println(Shapes.area, " ", sin, " ", +, " ", repr(Shapes.area))
# CHECK: #{{[0-9]+}} of area
println(x -> x, " of $(Shapes.area)")
# CHECK: sin ∘ cos !isempty
println(sin ∘ cos, " ", !isempty)
