# A number before a value multiplies it, tighter than `*`, looser than `^`.
# RUN: %lig --dump=ast %s | FileCheck %s
2x
2x^2
2(x + 1)
1 / 2x
(x - 1)y
-2x
2^3x
# CHECK:      (:call, :*, 2, :x)
# CHECK-NEXT: (:call, :*, 2, (:call, :^, :x, 2))
# CHECK-NEXT: (:call, :*, 2, (:call, :+, :x, 1))
# CHECK-NEXT: (:call, :/, 1, (:call, :*, 2, :x))
# CHECK-NEXT: (:call, :*, (:call, :-, :x, 1), :y)
# CHECK-NEXT: (:call, :*, -2, :x)
# CHECK-NEXT: (:call, :^, 2, (:call, :*, 3, :x))
