# SPDX-License-Identifier: MIT
# An index in the middle of a character, with those around it.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
second(s) = s[2]
second("αβγ")
# CHECK:      ERROR: LoadError: StringIndexError: invalid index [2], valid nearby indices [1]=>'α', [3]=>'β'
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} second(s::String)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
