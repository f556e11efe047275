# SPDX-License-Identifier: MIT
# A condition that can be of no use is found before the program runs, and thrown when it is reached.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function f()
    while 1
    end
end
println("before")
f()
# CHECK:      before
# CHECK-NEXT: ERROR: LoadError: TypeError: non-boolean (Int64) used in boolean context
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] f()
