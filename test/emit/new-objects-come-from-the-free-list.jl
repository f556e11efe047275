# SPDX-License-Identifier: MIT
# Allocation pops the task's list; the runtime is asked only when it is empty.
# RUN: %lig --dump=unit %s | FileCheck %s
mutable struct Cell; x::Int; end
@noinline cell(x) = Cell(x)
cell(1)
# CHECK-LABEL: define {{.*}}ptr @julia_cell_0(
# CHECK: %free_list = getelementptr inbounds i8, ptr %task, i64 8
# CHECK: call ptr @jl_alloc(
# CHECK: store i64 %"x::Int64"
