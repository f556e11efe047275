# RUN: %lig --dump=lowered %s | FileCheck %s
const K = 3
global g::Int = 4
# CHECK: const Main.K = 3
# CHECK: global Main.g::Main.Int
# CHECK: Main.g = 4
