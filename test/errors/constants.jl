# SPDX-License-Identifier: MIT
# A constant may change its value with a warning, its type never.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
const c = 1
c = 2
println(c)
c = "a"
# CHECK-DAG:  WARNING: redefinition of constant Main.c. This may fail, cause incorrect answers, or produce other errors.
# CHECK-DAG:  {{^}}2
# CHECK:      ERROR: LoadError: invalid redefinition of constant Main.c
