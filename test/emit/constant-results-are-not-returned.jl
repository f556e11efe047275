# SPDX-License-Identifier: MIT
# The wrapper knows the constant; the function returns nothing.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline answer(x) = (println(x); 42)
answer(1)
# CHECK-LABEL: define void @julia_answer_0(
# CHECK: ret void
# CHECK: define nonnull ptr @jfptr_answer_0(
# CHECK: load ptr, ptr @"jl_global#_{{[0-9]+}}"
