# RUN: %lig --dump=lowered %s | FileCheck %s
# Its type has no parameters.
f(xs) = map(x -> x + 1, xs)
# CHECK: method f
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: %new(var"#f##0")
