# Types that grow with recursion are widened.
# RUN: %lig --dump=typed %s | FileCheck %s
f(n, t) = n == 0 ? t : f(n - 1, (t, 1))
f(3, ())
# CHECK-LABEL: typed f(::Int64, ::Tuple{})
# CHECK: ) =>
