# RUN: %lig --dump=lowered %s | FileCheck %s
# The condition is tested at the top; && becomes jumps.
function f(n)
    while n > 0 && n < 9
        n -= 1
    end
end
# CHECK: method f
# CHECK: Main.:>(n, 0)
# CHECK-NEXT: goto [[EXIT:#[0-9]+]] if not
# CHECK: Main.:<(n, 9)
# CHECK-NEXT: goto [[EXIT]] if not
# CHECK: n = Main.:-(n, 1)
# CHECK-NEXT: goto #1
