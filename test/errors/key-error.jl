# SPDX-License-Identifier: MIT
# The key as it would be written.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
price(d, name) = d[name]
price(Dict("apple" => 1), "pear")
# CHECK:      ERROR: LoadError: KeyError: key "pear" not found
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} price(d::Dict{String, Int64}, name::String)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
# CHECK:      {{\]}} top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:6
