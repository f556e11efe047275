# Compiled code knows its lines, also where nothing is inlined in it: a loop at top level.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
v = [1, 2]
for i in 1:3
    x = i
    v[i] = x
end
# CHECK:      BoundsError
# CHECK:      top-level scope
# CHECK-NEXT: lines-of-compiled-code.jl:7
# CHECK-NEXT: in expression starting at {{.*}}lines-of-compiled-code.jl:5
