# A format that @printf puts into code is known again: what uses it is inferred and compiled once.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
using Printf
row(io, name, x) = @printf(io, "%-6s|%6.2f\n", name, x)
percent(x) = @sprintf("%d%%", 100x)
# CHECK: one   |  1.50
row(stdout, "one", 1.5)
# CHECK-NEXT: 25% 50%
println(percent(0.25), " ", percent(0.5))
# CHECK-NEXT: 1-a
print(sprint(io -> @printf(io, "%d-%s\n", 1, "a")))
for i in 1:2
    @printf("%d;", i)
end
# CHECK-NEXT: 1;2;
println()
# WARM: "units_inferred":0,
# WARM-SAME: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# WARM: "inferences_refused":0
