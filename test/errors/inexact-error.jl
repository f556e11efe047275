# SPDX-License-Identifier: MIT
# Each conversion names itself, its target and the value.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
report(f, x) = try f(x) catch e; showerror(stdout, e); println() end
report(Int, 1.5)
report(UInt8, 300)
report(x -> convert(Int, x), 2.5)
report(UInt, -1)
h(x) = Int8(x)
h(200)
# CHECK:      InexactError: Int64(1.5)
# CHECK-NEXT: InexactError: trunc(UInt8, 300)
# CHECK-NEXT: InexactError: Int64(2.5)
# CHECK-NEXT: InexactError: {{.*}}(UInt64, -1)
# CHECK-NEXT: ERROR: LoadError: InexactError: trunc(Int8, 200)
# CHECK:       h(x::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:10
