# SPDX-License-Identifier: MIT
# code_native shows the unit, its wrapper included; with dump_module=false the function alone.
# RUN: %lig %s module > %t && FileCheck --check-prefix=MODULE %s < %t
# RUN: %lig %s > %t && FileCheck %s < %t
twice(x) = 2x
code_native(stdout, twice, (Int,); dump_module="module" in ARGS)
# MODULE-DAG: julia_twice_0:
# MODULE-DAG: jfptr_twice_0:
# CHECK-NOT: jfptr_twice_0
# CHECK: julia_twice_0:
# CHECK-NOT: jfptr_twice_0
