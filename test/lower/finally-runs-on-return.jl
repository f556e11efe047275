# RUN: %lig --dump=lowered %s | FileCheck %s
# return inside try stores its value and goes through the finally block.
function f(g, h)
    try
        return g()
    finally
        h()
    end
end
# CHECK: method f
# CHECK: [[E:%[0-9]+]] = enter
# CHECK: g()
# CHECK: Expr(:leave, [[E]])
# CHECK: h()
# CHECK: Core.:===(@_{{[0-9]+}}, -1)
# CHECK: Base.rethrow()
# CHECK: return @_
