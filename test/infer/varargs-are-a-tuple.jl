# Varargs inlined into a call with known arguments leave no tuple.
# RUN: %lig --dump=typed %s | FileCheck %s
first_of(xs...) = xs[1]
f(a, b) = first_of(a, b)
f(1, 2)
# CHECK-LABEL: typed f(::Int64, ::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return a
# CHECK-NEXT: ) => Int64
