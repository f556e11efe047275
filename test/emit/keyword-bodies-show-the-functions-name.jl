# SPDX-License-Identifier: MIT
# Keyword calls reach a function that is named after it.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline inner(x; scale = 2) = (println(scale); x)
kw(x) = inner(x; scale = x)
kw(3)
# CHECK-LABEL: define i64 @julia_kw_0(
# CHECK: @j_{{kwcall|inner}}_0(
