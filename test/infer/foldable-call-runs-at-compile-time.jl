# A pure function of constants is run.
# RUN: %lig --dump=typed %s | FileCheck %s
k(a, b) = a^2 + b
f() = k(3, 4)
f()
# CHECK-LABEL: typed f()
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 13
