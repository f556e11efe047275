# @noinline functions are invoked.
# RUN: %lig --dump=typed %s | FileCheck %s
@noinline g(x) = x + 1
f(x) = g(x) * 2
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: invoke Main.g(x::Int64)::Int64
# CHECK: Base.mul_int(%1, 2)::Int64
