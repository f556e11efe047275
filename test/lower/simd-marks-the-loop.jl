# RUN: %lig --dump=lowered %s | FileCheck %s
function f(xs)
    s = 0
    @simd for x in xs
        s += x
    end
    s
end
# CHECK: method f
# CHECK: Expr(:loopinfo)
