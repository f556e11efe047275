# A function is never inlined into its own cycle.
# RUN: %lig --dump=typed %s | FileCheck %s
fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
fib(5)
# CHECK-LABEL: typed fib(::Int64)
# CHECK-COUNT-2: invoke Main.fib(
# CHECK-NOT: invoke
# CHECK: ) => Int64
