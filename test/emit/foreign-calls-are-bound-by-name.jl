# SPDX-License-Identifier: MIT
# ccall becomes a call of a named hole.
# RUN: %lig --dump=unit %s | FileCheck %s
parent() = ccall(:getppid, Cint, ())
parent()
# CHECK-LABEL: define i32 @julia_parent_0(
# CHECK: call i32 @foreign_getppid_0()
# CHECK: declare i32 @foreign_getppid_0()
