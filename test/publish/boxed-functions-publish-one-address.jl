# SPDX-License-Identifier: MIT
# Code of the boxed convention is its own wrapper.
# RUN: %lig --dump=entries %s | FileCheck %s
anything(@nospecialize(x)) = Core.compilerbarrier(:type, x)
println(anything(1))
# CHECK:      entry anything#1 args{{$}}
# CHECK-NEXT: {{^}}1{{$}}
