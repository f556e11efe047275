# RUN: %lig --dump=lowered %s | FileCheck %s
# A local of the expansion is not the caller's, and globals are those of the macro's module.
macro m(e) :(y = 1; $(esc(e)) + y) end
f(y) = @m y
# CHECK: method f
# CHECK: y = 1
# CHECK: Main.:+(y, y)
