# RUN: %lig --dump=lowered %s | FileCheck %s
# $x and $(xs...) build the tree at run time.
f(a, xs) = :(g($a, $(xs...)))
# CHECK: method f
# CHECK: Core._apply_iterate(Base.iterate, Core.Expr
# CHECK-SAME: xs)
