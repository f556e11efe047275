# T[...] is an index, or an array with that element type.
# RUN: %lig --dump=ast %s | FileCheck %s
T[]
T[1, 2]
T[1 2; 3 4]
T[x for x in xs]
a[begin + 1, end]
# CHECK:      (:ref, :T)
# CHECK-NEXT: (:ref, :T, 1, 2)
# CHECK-NEXT: (:typed_vcat, :T, (:row, 1, 2), (:row, 3, 4))
# CHECK-NEXT: (:typed_comprehension, :T, (:generator, :x, (:(=), :x, :xs)))
# CHECK-NEXT: (:ref, :a, (:call, :+, :begin, 1), :end)
