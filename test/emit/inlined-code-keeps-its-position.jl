# SPDX-License-Identifier: MIT
# A callee's statements say where they were inlined.
# RUN: %lig --dump=unit %s | FileCheck %s
@inline inner(x) = x * 3
outer(x) = inner(x) + 1
outer(1)
# CHECK: inlinedAt:
