# RUN: %lig --dump=lowered %s | FileCheck %s
# let x = x
function f(x)
    let x = x + 1
        x
    end
end
# CHECK: method f
# CHECK: [[V:%[0-9]+]] = Main.:+(x, 1)
# CHECK-NEXT: x = [[V]]
# CHECK: return x
