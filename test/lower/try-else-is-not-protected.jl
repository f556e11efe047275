# RUN: %lig --dump=lowered %s | FileCheck %s
# else runs after the handler has ended.
function f(g, h)
    try
        g()
    catch
        0
    else
        h()
    end
end
# CHECK: method f
# CHECK: g()
# CHECK-NEXT: Expr(:leave
# CHECK: h()
