# What stands behind `;` is Expr(:parameters) and comes first; `=` becomes Expr(:kw).
# RUN: %lig --dump=ast %s | FileCheck %s
f(x, y = 1; z = 2, rest...)
f(; a)
(; a = 1)
(a = 1, b = 2)
# CHECK:      (:call, :f, (:parameters, (:kw, :z, 2), (:..., :rest)), :x, (:kw, :y, 1))
# CHECK-NEXT: (:call, :f, (:parameters, :a))
# CHECK-NEXT: (:tuple, (:parameters, (:kw, :a, 1)))
# CHECK-NEXT: (:tuple, (:(=), :a, 1), (:(=), :b, 2))
