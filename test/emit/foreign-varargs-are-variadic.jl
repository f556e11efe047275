# SPDX-License-Identifier: MIT
# Types behind ... are passed as variable arguments.
# RUN: %lig --dump=unit %s | FileCheck %s
say(x) = ccall(:printf, Cint, (Ptr{UInt8}, Cint...), "", x)
say(Int32(1))
# CHECK: call i32 (ptr, ...) @foreign_printf_0(ptr {{[^,]*}}, i32
# CHECK: declare i32 @foreign_printf_0(ptr, ...)
