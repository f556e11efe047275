# a; b on one line is an Expr(:toplevel) of its own.
# RUN: %lig --dump=ast %s | FileCheck %s
a; b
c;
# CHECK:      (:toplevel, :a, :b)
# CHECK-NEXT: (:toplevel, :c)
