# a:b:c is one call; between `?` and `:` a range needs parentheses.
# RUN: %lig --dump=ast %s | FileCheck %s
a:b
a:b:c
1:n + 1
x ? y : a:b
x[:, 1]
# CHECK:      (:call, :(:), :a, :b)
# CHECK-NEXT: (:call, :(:), :a, :b, :c)
# CHECK-NEXT: (:call, :(:), 1, (:call, :+, :n, 1))
# CHECK-NEXT: (:if, :x, :y, (:call, :(:), :a, :b))
# CHECK-NEXT: (:ref, :x, :(:), 1)
