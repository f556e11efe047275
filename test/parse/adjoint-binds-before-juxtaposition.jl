# `'` right behind a value is its adjoint; elsewhere it begins a character.
# RUN: %lig --dump=ast %s | FileCheck %s
x'y
[a' b']
[a 'b']
f('c')'
# CHECK:      (:call, :*, (Symbol("'"), :x), :y)
# CHECK-NEXT: (:hcat, (Symbol("'"), :a), (Symbol("'"), :b))
# CHECK-NEXT: (:hcat, :a, 'b')
# CHECK-NEXT: (Symbol("'"), (:call, :f, 'c'))
