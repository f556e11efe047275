# A closure's type is there before its methods are: what is said of it meanwhile, when others are looked for, is not kept.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck %s --check-prefixes=CHECK,WARM
function memoize(f)
    known = Dict()
    function remembered(x)
        haskey(known, x) && return known[x]
        return known[x] = f(remembered, x)
    end
    return remembered
end
fibonacci = memoize((self, n) -> n < 2 ? n : self(n - 1) + self(n - 2))
# CHECK: 23416728348467685 [1, 4, 9]
println(fibonacci(80), " ", map(k -> k^2, 1:3))
# WARM: "llvm_loaded":false,"units_emitted":0,
