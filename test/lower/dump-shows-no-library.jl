# SPDX-License-Identifier: MIT
# A standard library that the program loads is none of its code: no dump shows it.
# RUN: %lig --dump=lowered %s > %t && FileCheck %s < %t
# RUN: %lig --dump=ast %s > %t && FileCheck --check-prefix=AST %s < %t
using Statistics
# CHECK-NOT: Statistics
# CHECK: Main.median
# CHECK-NOT: Statistics
# AST: (:using, (:., :Statistics))
# AST-NEXT: (:(=), :middle,
# AST-NOT: module
middle = median([1, 2, 3])
