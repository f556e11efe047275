# A subscript or prime makes another operator of the same precedence.
# RUN: %lig --dump=ast %s | FileCheck %s
a +₁ b *′ c
a'ᵀ
# CHECK:      (:call, :+₁, :a, (:call, :*′, :b, :c))
# CHECK-NEXT: (:call, Symbol("'ᵀ"), :a)
