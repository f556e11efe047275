# SPDX-License-Identifier: MIT
# code_llvm names the method's file and line over the function, and each instruction's behind it.
# RUN: %lig %s | FileCheck %s
function half(x)
    y = x / 2
    return y
end
code_llvm(half, (Float64,))
# CHECK:      ; Function Signature: half(Float64)
# CHECK-NEXT: ; @ {{.*}}begins-with-the-methods-line.jl:4 within `half`
# CHECK:      define double @julia_half_0(
# CHECK-NEXT: top:
# CHECK:      fmul double
# CHECK-NEXT: ; @ {{.*}}begins-with-the-methods-line.jl:6 within `half`
# CHECK-NEXT: ret double
