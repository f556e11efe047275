# SPDX-License-Identifier: MIT
# The address of a variable of C is asked for on the first use, and kept in a word of the unit; no address is written.
# RUN: %lig --dump=unit %s | FileCheck %s
environment() = unsafe_load(cglobal(:environ, Ptr{Ptr{UInt8}}))
environment()
# CHECK: @cglobal_0 = internal global ptr null
# CHECK-LABEL: define ptr @julia_environment_0(
# CHECK: load atomic ptr, ptr @cglobal_0 monotonic
# CHECK: cglobal.ask:
# CHECK: store atomic ptr %{{.*}}, ptr @cglobal_0 monotonic
