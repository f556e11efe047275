# An operator alone is a name; with `(` right behind it is called.
# RUN: %lig --dump=ast %s | FileCheck %s
map(+, xs)
+(a, b)
-(a)^2
(+)
Base.:+(a, b)
!(a) && b
# CHECK:      (:call, :map, :+, :xs)
# CHECK-NEXT: (:call, :+, :a, :b)
# CHECK-NEXT: (:call, :-, (:call, :^, :a, 2))
# CHECK-NEXT: :+
# CHECK-NEXT: (:call, (:., :Base, QuoteNode(:+)), :a, :b)
# CHECK-NEXT: (:&&, (:call, :!, :a), :b)
