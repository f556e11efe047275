# RUN: %lig --dump=lowered %s | FileCheck %s
# x^2 goes through literal_pow.
f(x) = x^2
# CHECK: method f
# CHECK: Core.apply_type(Base.Val, 2)
# CHECK: Base.literal_pow(
# CHECK-NOT: Main.:^(
