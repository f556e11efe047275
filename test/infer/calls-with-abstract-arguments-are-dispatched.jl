# SPDX-License-Identifier: MIT
# Dispatch finds code for the values; an invoke would enter code in which everything is dynamic.
# RUN: %lig --dump=typed %s | FileCheck %s
@noinline work(n, flag) = flag ? n + 1 : n
@noinline passed(@nospecialize(x)) = string(x)
unknown = 3
caller() = work(unknown, unknown == 3)
other() = passed(unknown)
println(caller(), " ", other())
# CHECK-LABEL: typed caller()
# CHECK-NOT: invoke Main.work
# CHECK: Main.work(
# CHECK-LABEL: typed work(::Int64, ::Bool)
# CHECK-LABEL: typed other()
# CHECK: invoke Main.passed(
# CHECK: {{^}}4 3
