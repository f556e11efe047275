# SPDX-License-Identifier: MIT
# Leaving a catch block takes its exceptions off the stack.
# RUN: %lig --dump=unit %s | FileCheck %s
function safe(f)
    try
        f()
    catch e
        return e
    end
    return nothing
end
safe(() -> nothing)
# CHECK: [[OLD:%handlers]] = load ptr
# CHECK: store ptr [[OLD]], ptr
# CHECK: call ptr @jl_current_exception(ptr %task)
# CHECK: call void @jl_pop_exception(ptr %task, i32
