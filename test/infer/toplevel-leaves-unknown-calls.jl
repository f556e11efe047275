# SPDX-License-Identifier: MIT
# Top-level code infers no calls whose argument types it does not know: dispatch infers for the values.
# RUN: %lig --dump=typed %s | FileCheck %s
# RUN: %lig --stats %s 2>&1 >/dev/null | FileCheck --check-prefix=STATS %s
limit = 3
describe(x) = string("<", x, ">")
for i in 1:limit
    s = describe(i)
    t = describe(i + 0.5)
    println(s, t)
end
# CHECK: describe(%{{[0-9]+}})::Any
# STATS: "units_inferred":{{[1-6]?[0-9]?[0-9]}},
