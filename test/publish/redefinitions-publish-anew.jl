# SPDX-License-Identifier: MIT
# A new definition is a new entry; the old one's code is left as it is. Callers are linked again with the new one.
# RUN: %lig --dump=entries %s | FileCheck %s
@noinline answer(x) = x + 1
ask(x) = answer(x)
old = ask(1)
@noinline answer(x) = x + 2
println(old, ask(1))
# CHECK:      entry ask#1 specsig
# CHECK:      entry answer#1 specsig
# CHECK:      entry ask#2 specsig
# CHECK:      entry answer#2 specsig
# CHECK-NEXT: {{^}}23
