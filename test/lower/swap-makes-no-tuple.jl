# RUN: %lig --dump=lowered %s | FileCheck %s
# a, b = b, a goes through temporaries.
function f(a, b)
    a, b = b, a
    a
end
# CHECK: method f
# CHECK: [[B:%[0-9]+]] = b
# CHECK-NEXT: [[A:%[0-9]+]] = a
# CHECK-NEXT: a = [[B]]
# CHECK-NEXT: b = [[A]]
