# RUN: %lig --dump=lowered %s | FileCheck %s
# Its methods are defined where it is made.
h = x -> x + 1
# CHECK: method Main.var"#1"(
# CHECK: Main.h = %
# CHECK: method #1
# CHECK: Main.:+(x, 1)
