# RUN: %lig --dump=lowered %s | FileCheck %s
# Each argument left out is a method that calls the whole function.
f(a, b=1, c=a+b) = c
# CHECK: method f
# CHECK: return c
# CHECK: method f
# CHECK: c = Main.:+(a, b)
# CHECK-NEXT: #self#(a, b, c)
# CHECK: method f
# CHECK: b = 1
# CHECK: #self#(a, b, c)
