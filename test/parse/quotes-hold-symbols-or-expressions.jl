# A quoted name is a QuoteNode, anything with parts an Expr(:quote).
# RUN: %lig --dump=ast %s | FileCheck %s
:a
:(a)
:(a + $b)
:end
:(=)
:+=
quote
    a
end
:a.b
# CHECK:      QuoteNode(:a)
# CHECK-NEXT: QuoteNode(:a)
# CHECK-NEXT: (:quote, (:call, :+, :a, (:$, :b)))
# CHECK-NEXT: QuoteNode(:end)
# CHECK-NEXT: QuoteNode(:(=))
# CHECK-NEXT: QuoteNode(:+=)
# CHECK-NEXT: (:quote, (:block, :a))
# CHECK-NEXT: (:., QuoteNode(:a), QuoteNode(:b))
