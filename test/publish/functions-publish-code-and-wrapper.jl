# SPDX-License-Identifier: MIT
# One entry for each function, with its specialised code and the wrapper that takes boxes.
# RUN: %lig --dump=entries %s | FileCheck %s
double(x) = x + x
println(double(2), " ", double(1.5))
# CHECK-LABEL: double(Int64)
# CHECK-NEXT:  entry double#1 specsig, with wrapper
# CHECK-LABEL: double(Float64)
# CHECK-NEXT:  entry double#2 specsig, with wrapper
# CHECK-NEXT:  {{^}}4 3.0
