# SPDX-License-Identifier: MIT
# What C calls gets its task from the runtime, runs in the newest world and calls the specialised function itself.
# RUN: %lig --dump=unit %s | FileCheck %s
struct Wide
    x::Int
    y::Float64
    z::Int8
end
moved(w::Wide, by::Int8) = Wide(w.x + by, w.y, w.z)
@cfunction(moved, Wide, (Wide, Int8))
larger(a, b)::Cint = a < b
@cfunction(larger, Cint, (Ref{Float64}, Ref{Float64}))
# CHECK-LABEL: define void @jlcapi_moved_0(ptr sret([24 x i8]) %0, ptr byval([24 x i8]) align 8 %1, i8 signext %2)
# CHECK: %task = call ptr @jl_current_task()
# CHECK: %newest = load atomic i64
# CHECK: %last_world = load atomic i64
# CHECK: call void @j_moved_0({{.*}}ptr nonnull swiftself
# CHECK: call ptr @jl_apply(
# CHECK-LABEL: define i32 @jlcapi_larger_0(ptr %0, ptr %1)
# CHECK: load double, ptr %0
# CHECK: call i32 @j_larger_0(
