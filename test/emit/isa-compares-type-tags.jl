# SPDX-License-Identifier: MIT
# Asking an unknown value for a concrete type is one comparison.
# RUN: %lig --dump=unit %s | FileCheck %s
isint(@nospecialize(x)) = x isa Int64
isint(1)
# CHECK: define {{.*}} @{{julia|japi1}}_isint_0(
# CHECK: load ptr, ptr @"+Core.Int64#_0"
# CHECK: icmp eq ptr
# CHECK-NOT: call i8 @jl_isa
