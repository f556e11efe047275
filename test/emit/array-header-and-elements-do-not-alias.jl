# SPDX-License-Identifier: MIT
# Elements, sizes and addresses have access classes of their own.
# RUN: %lig --dump=unit %s | FileCheck %s
get(a, i) = @inbounds a[i]
get([1.0], 1)
# CHECK-DAG: !"jl_arrayref"
# CHECK-DAG: !"jl_element_double"
