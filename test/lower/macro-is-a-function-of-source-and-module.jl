# RUN: %lig --dump=lowered %s | FileCheck %s
macro m(x) x end
# CHECK: function Main.var"@m"
# CHECK: Core.svec(Core.LineNumberNode, Core.Module, Core.Any)
# CHECK: method @m
# CHECK: return x
