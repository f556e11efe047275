# SPDX-License-Identifier: MIT
# A function that calls nobody does not look at the stack limit.
# RUN: %lig --dump=unit %s | FileCheck %s
leaf(x) = x * 2
leaf(1)
# CHECK-LABEL: define i64 @julia_leaf_0(
# CHECK-NOT: jl_stack_check
# CHECK: ret i64
# CHECK-NOT: declare void @jl_stack_check
