# SPDX-License-Identifier: MIT
# A union result is looked at by its tag.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline maybe(x) = x > 0 ? x : nothing
function orzero(x)
    y = maybe(x)
    return y === nothing ? 0 : y
end
orzero(1)
# CHECK-LABEL: define i64 @julia_orzero_0(
# CHECK: call { i64, i8 } @j_maybe_0(
# CHECK: extractvalue { i64, i8 } %{{[0-9]+}}, 1
# CHECK-NOT: jl_egal
# CHECK: ret i64
