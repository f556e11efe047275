# SPDX-License-Identifier: MIT
# A method made by a function is not called by it.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function f()
    @eval newf(x) = x
    newf(1)
end
f()
# CHECK:      MethodError: no method matching newf(::Int64)
# CHECK-NEXT: The applicable method may be too new: running in world age {{[0-9]+}}, while current world is {{[0-9]+}}.
# CHECK-EMPTY:
# CHECK-NEXT: Closest candidates are:
# CHECK-NEXT:   newf(::Any) (method too new to be called from this world context.)
# CHECK:       [1] f()
