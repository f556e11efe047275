# A declared global has its type.
# RUN: %lig --dump=typed %s | FileCheck %s
global c::Int = 3
g() = c + 1
g()
# CHECK-LABEL: typed g()
# CHECK: Main.c::Int64
# CHECK: ) => Int64
