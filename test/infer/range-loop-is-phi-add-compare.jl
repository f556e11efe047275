# A for loop over a range leaves no iterator state.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(n)
    s = 0
    for i in 1:n
        s += i
    end
    return s
end
f(10)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: tuple
# CHECK-NOT: new
# CHECK-NOT: invoke
# CHECK-NOT: getfield
# CHECK-NOT: isa
# CHECK: φ ({{.*}}Int64
# CHECK-NOT: Union
# CHECK: ) => Int64
