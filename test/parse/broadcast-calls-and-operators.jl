# `f.(x)` is Expr(:., f, tuple); dotted operators are calls of their own names.
# RUN: %lig --dump=ast %s | FileCheck %s
f.(x, y)
x .+ y .* z
x .+= 1
.-x
a .&& b
a .< b .< c
# CHECK:      (:., :f, (:tuple, :x, :y))
# CHECK-NEXT: (:call, :.+, :x, (:call, :.*, :y, :z))
# CHECK-NEXT: (:.+=, :x, 1)
# CHECK-NEXT: (:call, :.-, :x)
# CHECK-NEXT: (:.&&, :a, :b)
# CHECK-NEXT: (:comparison, :a, :.<, :b, :.<, :c)
