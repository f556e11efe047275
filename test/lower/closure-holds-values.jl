# RUN: %lig --dump=lowered %s | FileCheck %s
# A variable that is not assigned afterwards is copied into the closure, whose type has its type.
f(x) = map(y -> x + y, 1:3)
# CHECK: method f
# CHECK: [[T:%[0-9]+]] = Core._typeof_captured_variable(x)
# CHECK: Core.apply_type(var"#f##0", [[T]])
# CHECK: %new(%{{[0-9]+}}, x)
