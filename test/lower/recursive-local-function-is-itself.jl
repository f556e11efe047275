# RUN: %lig --dump=lowered %s | FileCheck %s
# A local function that calls itself captures nothing.
function f(n)
    g(k) = k < 1 ? 0 : g(k - 1)
    g(n)
end
# CHECK: method f
# CHECK-NOT: Box
# CHECK: %new(typeof(g))
# CHECK: g(n)
