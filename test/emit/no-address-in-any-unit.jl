# SPDX-License-Identifier: MIT
# Constants, globals, types and calls without one inttoptr constant.
# RUN: %lig --dump=unit %s | FileCheck %s --implicit-check-not='inttoptr ('
const table = [1, 2, 3]
lookup(i) = table[i]
lookup(2)
# CHECK: define {{.*}}@julia_lookup_0(
