# SPDX-License-Identifier: MIT
# #f#1 is f to readers.
# RUN: %lig --dump=unit %s | FileCheck %s
kw(x; scale = 2) = x * scale
kw(3; scale = 4)
# CHECK: @{{(julia|japi1)}}_kw_0(
