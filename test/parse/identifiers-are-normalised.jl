# Names are in NFC; characters that look like operators are those operators.
# RUN: %lig --dump=ast %s | FileCheck %s
ñ = ñ
ɛ, µ
a · b
a − b
x₁′ + ∇f
# CHECK:      (:(=), :ñ, :ñ)
# CHECK-NEXT: (:tuple, :ε, :μ)
# CHECK-NEXT: (:call, :⋅, :a, :b)
# CHECK-NEXT: (:call, :-, :a, :b)
# CHECK-NEXT: (:call, :+, :x₁′, :∇f)
