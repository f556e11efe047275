# SPDX-License-Identifier: MIT
# A global that is no constant: the binding's cell, checked.
# RUN: %lig --dump=unit %s | FileCheck %s
counter = 1
read_it() = counter
read_it()
# CHECK: @"*Main.counter#_0" = external global ptr
# CHECK: load atomic ptr
# CHECK: call ptr @jl_global_get(
