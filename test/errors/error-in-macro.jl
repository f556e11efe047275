# SPDX-License-Identifier: MIT
# A macro that throws while the program is being expanded.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
macro bad(x)
    error("no good: ", x)
end
@bad 3
# CHECK:      ERROR: LoadError: LoadError: no good: 3
# CHECK:       {{.*}}@bad{{.*}}(__source__::LineNumberNode, __module__::Module, x::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:6
# CHECK:      in expression starting at {{.*}}.jl:8
# CHECK-NEXT: in expression starting at {{.*}}.jl:8
