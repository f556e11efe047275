# SPDX-License-Identifier: MIT
# A symbol constant is loaded from a slot that shows it.
# RUN: %lig --dump=unit %s | FileCheck %s
sym(x) = Core.compilerbarrier(:type, :hello)
sym(1)
# CHECK: @"jl_sym#hello#_0" = external global ptr
