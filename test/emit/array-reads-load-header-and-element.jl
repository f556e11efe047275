# SPDX-License-Identifier: MIT
# a[i] with @inbounds: one load of the address, one of the element.
# RUN: %lig --dump=unit %s | FileCheck %s
get(a, i) = @inbounds a[i]
get([1.0], 1)
# CHECK-LABEL: define double @julia_get_0(
# CHECK-SAME: ptr noundef nonnull align 8 dereferenceable(24) %"a::Vector{Float64}"
# CHECK-NOT: jl_throw
# CHECK: load double
# CHECK-NEXT: ret double
