# SPDX-License-Identifier: MIT
# Any in, Any out: the boxed convention.
# RUN: %lig --dump=unit %s | FileCheck %s
anything(@nospecialize(x)) = Core.compilerbarrier(:type, x)
anything(1)
# CHECK: define nonnull ptr @japi1_anything_0(ptr %"function::Core.Function", ptr noalias nocapture noundef readonly %"args::Any[]", i32 %"nargs::UInt32"
# CHECK-NOT: jfptr
