# RUN: %lig --dump=lowered %s | FileCheck %s
# Pieces go to Base.string.
f(x) = "a$(x)b"
# CHECK: method f
# CHECK: Base.string("a", x, "b")
