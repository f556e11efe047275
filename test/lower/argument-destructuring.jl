# RUN: %lig --dump=lowered %s | FileCheck %s
# f((a, b)) takes its argument apart first.
f((a, b), c) = a + b + c
# CHECK: Core.svec(Core.Any, Core.Any)
# CHECK: method f
# CHECK: Base.indexed_iterate(var"#destructured#", 1)
# CHECK: Main.:+(a, b, c)
