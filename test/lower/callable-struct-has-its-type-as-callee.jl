# RUN: %lig --dump=lowered %s | FileCheck %s
# (p::P)(x) defines a method of P itself.
struct P end
(p::P)(x) = x
# CHECK: thunk
# CHECK: thunk
# CHECK: Main.P
# CHECK: method Main.P(%1, 
# CHECK: method P
# CHECK: return x
