# SPDX-License-Identifier: MIT
# The example that the project began with, by the names it asks for.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline foo(x) = x + 2.0
baz(x) = foo(foo(x))
baz(1)
# CHECK: @"+Core.Float64#_0" = external global ptr
# CHECK-LABEL: ; Function Signature: baz(Int64)
# CHECK: define double @julia_baz_0({{.*}}i64 signext %"x::Int64")
# CHECK: top:
# CHECK: call double @j_foo_0({{.*}}, i64 signext %"x::Int64")
# CHECK: call double @j_foo_1({{.*}}, double %{{[0-9]+}})
# CHECK: define nonnull ptr @jfptr_baz_0(ptr %"function::Core.Function", ptr noalias nocapture noundef readonly %"args::Any[]", i32 %"nargs::UInt32"
# CHECK: load ptr, ptr @"+Core.Float64#_0"
# CHECK: ; Function Signature: foo(Int64)
# CHECK: declare double @j_foo_0(
# CHECK: ; Function Signature: foo(Float64)
# CHECK: declare double @j_foo_1(
# CHECK: "julia.fsig"="baz(Int64)"
# CHECK-NOT: inttoptr
