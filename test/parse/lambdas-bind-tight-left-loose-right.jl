# x -> y takes one value on its left and all it can on its right.
# RUN: %lig --dump=ast %s | FileCheck %s
x -> x + 1
(x, y) -> x, y
x::Int -> y -> z
() -> begin a; b end
# CHECK:      (:->, :x, (:block, (:call, :+, :x, 1)))
# CHECK-NEXT: (:tuple, (:->, (:tuple, :x, :y), (:block, :x)), :y)
# CHECK-NEXT: (:->, (:(::), :x, :Int), (:block, (:->, :y, (:block, :z))))
# CHECK-NEXT: (:->, (:tuple), (:block, :a, :b))
