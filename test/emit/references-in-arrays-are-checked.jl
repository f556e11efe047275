# SPDX-License-Identifier: MIT
# An element that was never assigned throws UndefRefError.
# RUN: %lig --dump=unit %s | FileCheck %s
first_of(a::Vector{String}) = @inbounds a[1]
first_of(["a"])
# CHECK-LABEL: define {{.*}}ptr @julia_first_of_0(
# CHECK: call void @jl_throw_undef_ref(ptr %task)
