# Dispatch on Val is decided at compile time.
# RUN: %lig --dump=typed %s | FileCheck %s
k(::Val{1}) = 10
k(::Val{2}) = 20.0
f() = k(Val(2))
f()
# CHECK-LABEL: typed f()
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 20.0
