# RUN: %lig --dump=lowered %s | FileCheck %s
# f(a; k=1): body, sorter, and the method without keywords.
f(a; k=1) = a + k
# CHECK: function Main.var"#f#0"
# CHECK: keyword method
# CHECK: method #f#0
# CHECK: Main.:+(a, k)
# CHECK: method kwcall
# CHECK: Core.isdefined(var"#keywords#", :k)
# CHECK: k = Core.getfield(var"#keywords#", :k)
# CHECK: k = 1
# CHECK: Base.kwerr
# CHECK: Main.var"#f#0"(k,
# CHECK: method f
# CHECK: k = 1
# CHECK-NEXT: Main.var"#f#0"(k, #self#, a)
