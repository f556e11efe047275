# RUN: %lig --dump=lowered %s | FileCheck %s
# Base.length(x) = ... extends, and needs no lookup at run time.
struct L end
Base.length(::L) = 0
# CHECK: thunk
# CHECK: thunk
# CHECK-NOT: getproperty
# CHECK: method Main.length(Base.length
