# `$name` and `$(expression)` in a string.
# RUN: %lig --dump=ast %s | FileCheck %s
f("a $x b$(y + 1)")
f("$x.y")
f("$("lit")")
f("\$x \u3b1\x41\n")
# CHECK:      (:call, :f, (:string, "a ", :x, " b", (:call, :+, :y, 1)))
# CHECK-NEXT: (:call, :f, (:string, :x, ".y"))
# CHECK-NEXT: (:call, :f, (:string, (:string, "lit")))
# CHECK-NEXT: (:call, :f, "\$x αA\n")
