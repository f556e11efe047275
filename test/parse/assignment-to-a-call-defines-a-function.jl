# The body of a short definition is a block.
# RUN: %lig --dump=ast %s | FileCheck %s
f(x) = x
f(x)::Int = x
f(x) where {T} = x
a + b = c
f(x) .= y
# CHECK:      (:(=), (:call, :f, :x), (:block, :x))
# CHECK-NEXT: (:(=), (:(::), (:call, :f, :x), :Int), (:block, :x))
# CHECK-NEXT: (:(=), (:where, (:call, :f, :x), :T), (:block, :x))
# CHECK-NEXT: (:(=), (:call, :+, :a, :b), (:block, :c))
# CHECK-NEXT: (:.=, (:call, :f, :x), :y)
