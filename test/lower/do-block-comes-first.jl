# RUN: %lig --dump=lowered %s | FileCheck %s
f(g, a) = g(a) do x
    x + 1
end
# CHECK: method f
# CHECK: g(%{{[0-9]+}}, a)
