# RUN: %lig --dump=lowered %s | FileCheck %s
# The sorter checks declared types.
f(; k::Int=1) = k
# CHECK: method kwcall
# CHECK: Core.isa(%{{[0-9]+}}, Main.Int)
# CHECK: %new(Core.TypeError, Symbol("keyword argument"), :k, Main.Int
