# RUN: %lig --dump=lowered %s | FileCheck %s
# a < g() < b evaluates g() once, and stops early.
f(a, b, g) = a < g() <= b
# CHECK: method f
# CHECK: [[G:%[0-9]+]] = g()
# CHECK: Main.:<(a, [[G]])
# CHECK: goto #{{[0-9]+}} if not
# CHECK: Main.:<=([[G]], b)
# CHECK: return false
