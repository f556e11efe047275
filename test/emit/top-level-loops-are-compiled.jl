# SPDX-License-Identifier: MIT
# A loop at top level is a function without a name of its own.
# RUN: %lig --dump=unit %s | FileCheck %s
for i in 1:3
    println(i)
end
# CHECK: define {{.*}} @julia_top_level_scope_0(
