# Arithmetic on literals is done at compile time.
# RUN: %lig --dump=typed %s | FileCheck %s
f() = 2 + 3 * 4
f()
# CHECK-LABEL: typed f()
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 14
# CHECK-NEXT: ) => Core.Const(14)
