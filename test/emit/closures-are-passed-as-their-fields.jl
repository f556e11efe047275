# SPDX-License-Identifier: MIT
# What a closure captured is its parameter.
# RUN: %lig --dump=unit %s | FileCheck %s
adder(n) = x -> x + n
add3 = adder(3)
add3(4)
# CHECK: define i64 @"julia_#{{[0-9]+}}_0"(
# CHECK: add i64
