# SPDX-License-Identifier: MIT
# Structs of many shapes go by value to C and back, to callbacks and back, whatever stands around them; the library is
# compiled here and now.
# RUN: python3 %S/Inputs/struct_shapes.py 60 %t.so %t.c %t.program.jl
# RUN: clang -w -O1 -shared -fPIC %t.c -o %t.so
# RUN: %lig %t.program.jl | FileCheck %s
# RUN: %lig --compile=min %t.program.jl | FileCheck %s
# CHECK-NOT: expected
# CHECK: tried 360
