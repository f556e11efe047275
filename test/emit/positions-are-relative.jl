# SPDX-License-Identifier: MIT
# No file name and no absolute line in a unit.
# RUN: %lig --dump=unit %s | FileCheck %s
shifted(x) = x + 1
shifted(1)
# CHECK: !DIFile(filename: "unit", directory: "")
# CHECK: linkageName: "m0"
# CHECK: !DILocation(line: 1,
# CHECK-NOT: .jl
