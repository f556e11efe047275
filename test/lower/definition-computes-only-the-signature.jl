# RUN: %lig --dump=lowered %s | FileCheck %s
# A definition at top level evaluates its signature; the body waits.
f(x::Int, y) = x + y
# CHECK: thunk
# CHECK: function Main.f
# CHECK-NEXT: [[I:%[0-9]+]] = Main.Int
# CHECK-NEXT: Core.svec([[I]], Core.Any)
# CHECK: method Main.f(
# CHECK: method f
# CHECK: Main.:+(x, y)
