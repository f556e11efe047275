# A const global's value is used; another's is read each time.
# RUN: %lig --dump=typed %s | FileCheck %s
const a = 5
b = 5
f() = a + 1
g() = b
f()
g()
# CHECK-LABEL: typed f()
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 6
# CHECK-LABEL: typed g()
# CHECK: Main.b::Any
# CHECK: ) => Any
