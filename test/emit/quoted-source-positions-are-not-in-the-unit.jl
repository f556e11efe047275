# SPDX-License-Identifier: MIT
# A macro may put its LineNumberNode into the program: the line is read from the object, so that moving the
# function changes no unit.
# RUN: %lig --dump=unit %s | FileCheck %s
macro position()
    return QuoteNode(__source__)
end
@noinline report(node) = println(node.line)
here() = report(@position())
here()
# CHECK-LABEL: define {{.*}}@julia_here_0(
# CHECK-NOT: signext 9
# CHECK: load ptr, ptr @"jl_global#_0"
# CHECK: call {{.*}}@j_report_0(
# CHECK-LABEL: define {{.*}}@jfptr_here_0(
