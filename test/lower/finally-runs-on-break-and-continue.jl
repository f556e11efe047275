# RUN: %lig --dump=lowered %s | FileCheck %s
# Both leave the handler and are continued after the finally block.
function f(h)
    for i in 1:3
        try
            i == 1 && continue
            i == 2 && break
        finally
            h()
        end
    end
end
# CHECK: method f
# CHECK: Expr(:leave
# CHECK: Expr(:leave
# CHECK: h()
# CHECK-NOT: h()
# CHECK: Core.:===(@_{{[0-9]+}}, 1)
# CHECK: Core.:===(@_{{[0-9]+}}, 2)
