# RUN: %lig --dump=lowered %s | FileCheck %s
# Numbers count within the function; the second method of a name has its own.
f(x) = () -> x
f(x, y) = (() -> x, () -> y)
# CHECK: var"#f##0"
# CHECK: var"#f#1#0"
# CHECK: var"#f#1#1"
