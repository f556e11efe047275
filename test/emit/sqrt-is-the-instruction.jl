# SPDX-License-Identifier: MIT
# sqrt checks its domain, then uses LLVM's intrinsic.
# RUN: %lig --dump=unit %s | FileCheck %s
root(x) = sqrt(x)
root(2.0)
# CHECK-LABEL: define double @julia_root_0(
# CHECK: call double @llvm.sqrt.f64
