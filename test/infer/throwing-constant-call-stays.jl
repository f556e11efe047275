# A call that would throw at compile time throws at run time.
# RUN: %lig --dump=typed %s | FileCheck %s
f() = div(1, 0)
try f() catch end
# CHECK-LABEL: typed f()
# CHECK: Base.checked_sdiv_int(1, 0)::Union{}
# CHECK-NOT: return
