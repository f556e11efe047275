# RUN: %lig --dump=lowered %s | FileCheck %s
f(a) = (@boundscheck println(a); a)
# CHECK: method f
# CHECK: Expr(:boundscheck)
# CHECK: goto
# CHECK: Main.println(a)
