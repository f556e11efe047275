# Which operators take their right operand first, and which collect operands.
# RUN: %lig --dump=ast %s | FileCheck %s
a - b - c
a ^ b ^ c
a => b => c
a + b + c
a |> f |> g
a && b && c
# CHECK:      (:call, :-, (:call, :-, :a, :b), :c)
# CHECK-NEXT: (:call, :^, :a, (:call, :^, :b, :c))
# CHECK-NEXT: (:call, :(=>), :a, (:call, :(=>), :b, :c))
# CHECK-NEXT: (:call, :+, :a, :b, :c)
# CHECK-NEXT: (:call, :|>, (:call, :|>, :a, :f), :g)
# CHECK-NEXT: (:&&, :a, (:&&, :b, :c))
