# RUN: %lig --dump=lowered %s | FileCheck %s
# The exception is taken from the task; the handler ends before the value is returned.
function f(g)
    try
        g()
    catch e
        e
    end
end
# CHECK: method f
# CHECK: [[E:%[0-9]+]] = enter #[[C:[0-9]+]]
# CHECK: g()
# CHECK: Expr(:leave, [[E]])
# CHECK: [[C]] ─ %{{[0-9]+}} = $(Expr(:the_exception))
# CHECK: Expr(:pop_exception, [[E]])
# CHECK: return
