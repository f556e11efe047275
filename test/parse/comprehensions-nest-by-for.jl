# A second `for` makes the inner loop; `if` filters the one before it.
# RUN: %lig --dump=ast %s | FileCheck %s
[x for x in xs if p(x)]
[(x, y) for x in xs, y in ys]
[y for x in xs for y in x]
sum(x^2 for x in xs)
# CHECK:      (:comprehension, (:generator, :x, (:filter, (:call, :p, :x), (:(=), :x, :xs))))
# CHECK-NEXT: (:comprehension, (:generator, (:tuple, :x, :y), (:(=), :x, :xs), (:(=), :y, :ys)))
# CHECK-NEXT: (:comprehension, (:flatten, (:generator, (:generator, :y, (:(=), :y, :x)), (:(=), :x, :xs))))
# CHECK-NEXT: (:call, :sum, (:generator, (:call, :^, :x, 2), (:(=), :x, :xs)))
