# `do` gives its call a function of the variables named.
# RUN: %lig --dump=ast %s | FileCheck %s
map(xs) do x
    x + 1
end
f(a; k = 1) do
    b
end
open(p) do (x, y), z... ; x end
# CHECK:      (:do, (:call, :map, :xs), (:->, (:tuple, :x), (:block, (:call, :+, :x, 1))))
# CHECK-NEXT: (:do, (:call, :f, (:parameters, (:kw, :k, 1)), :a), (:->, (:tuple), (:block, :b)))
# CHECK-NEXT: (:do, (:call, :open, :p), (:->, (:tuple, (:tuple, :x, :y), (:..., :z)), (:block, :x)))
