# Three operands and more make one Expr(:comparison).
# RUN: %lig --dump=ast %s | FileCheck %s
a < b
a < b <= c
a == b != c
x in xs
x isa T
T <: S
# CHECK:      (:call, :<, :a, :b)
# CHECK-NEXT: (:comparison, :a, :<, :b, :<=, :c)
# CHECK-NEXT: (:comparison, :a, :(==), :b, :!=, :c)
# CHECK-NEXT: (:call, :in, :x, :xs)
# CHECK-NEXT: (:call, :isa, :x, :T)
# CHECK-NEXT: (:<:, :T, :S)
