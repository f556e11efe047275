# SPDX-License-Identifier: MIT
# Type and constness of a global are the runtime's to check.
# RUN: %lig --dump=unit %s | FileCheck %s
state = 0
set(x) = (global state = x; nothing)
set(1)
# CHECK-LABEL: define {{.*}} @julia_set_0(
# CHECK: call void @jl_global_set(ptr %task, ptr %"*Main.state#_0"
