# SPDX-License-Identifier: MIT
# What a catch block reads after a change in the try is volatile.
# RUN: %lig --dump=unit %s | FileCheck %s
function attempt(f)
    n = 0
    try
        n = 1
        f()
        n = 2
    catch
        return n
    end
    return n
end
attempt(() -> nothing)
# CHECK: call i32 @jl_handler_enter(ptr %task, ptr %handler
# CHECK: store volatile i64 1
