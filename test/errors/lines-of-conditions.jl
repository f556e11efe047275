# Compiled code knows its lines, also where nothing is inlined in it: a condition that is no Bool.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function never_boolean()
    n = 0
    while n
        n += 1
    end
end
never_boolean()
# CHECK:      TypeError: non-boolean (Int64) used in boolean context
# CHECK:      never_boolean()
# CHECK-NEXT: @ Main {{.*}}lines-of-conditions.jl:6
# CHECK:      lines-of-conditions.jl:10
