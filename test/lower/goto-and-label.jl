# RUN: %lig --dump=lowered %s | FileCheck %s
# Jumps to labels, forwards and backwards.
function f(n)
    @label top
    n -= 1
    n > 0 && @goto top
    @goto done
    n = 5
    @label done
    n
end
# CHECK: method f
# CHECK: n = Main.:-(n, 1)
# CHECK: goto #1
# CHECK: return n
