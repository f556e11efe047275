# SPDX-License-Identifier: MIT
# ccall becomes a call of a named hole.
# RUN: %lig --dump=unit %s | FileCheck %s
cosine(x) = ccall(:cos, Float64, (Float64,), x)
cosine(0.0)
# CHECK-LABEL: define double @julia_cosine_0(
# CHECK: call double @foreign_cos_0(double %"x::Float64")
# CHECK: declare double @foreign_cos_0(double)
