# SPDX-License-Identifier: MIT
# More than there is, more than can be addressed, less than nothing.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function report(f)
    try
        f()
    catch e
        showerror(stdout, e)
        println()
    end
end
report(() -> zeros(Int, 10^10, 10^10))
report(() -> zeros(-1))
zeros(10^15)
# CHECK:      ArgumentError: invalid Array size: too large for system address width
# CHECK-NEXT: ArgumentError: invalid GenericMemory size: the number of elements is either negative or too large for system address width
# CHECK-NEXT: ERROR: LoadError: OutOfMemoryError()
# CHECK-NEXT: Stacktrace:
