# Commas make tuples, semicolons blocks.
# RUN: %lig --dump=ast %s | FileCheck %s
(a)
(a,)
()
(a, b; c)
(a; b)
(a +
 b)
# CHECK:      :a
# CHECK-NEXT: (:tuple, :a)
# CHECK-NEXT: (:tuple)
# CHECK-NEXT: (:tuple, (:parameters, :c), :a, :b)
# CHECK-NEXT: (:block, :a, :b)
# CHECK-NEXT: (:call, :+, :a, :b)
