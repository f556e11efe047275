# Arguments of a macro are separated by blanks, or by commas in parentheses.
# RUN: %lig --dump=ast %s | FileCheck %s
@m a b
@m(a, b)
@m (a, b)
@m a - b -c
@A.m x
A.@m x
@. x + y
@show a, b
# CHECK:      (:macrocall, Symbol("@m"), :a, :b)
# CHECK-NEXT: (:macrocall, Symbol("@m"), :a, :b)
# CHECK-NEXT: (:macrocall, Symbol("@m"), (:tuple, :a, :b))
# CHECK-NEXT: (:macrocall, Symbol("@m"), (:call, :-, :a, :b), (:call, :-, :c))
# CHECK-NEXT: (:macrocall, (:., :A, QuoteNode(Symbol("@m"))), :x)
# CHECK-NEXT: (:macrocall, (:., :A, QuoteNode(Symbol("@m"))), :x)
# CHECK-NEXT: (:macrocall, Symbol("@__dot__"), (:call, :+, :x, :y))
# CHECK-NEXT: (:macrocall, Symbol("@show"), (:tuple, :a, :b))
