# What enters opaque closures, and adapters to code that another ABI is published with, come from the cache without LLVM.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,COLD %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
function results(f)
    r = Any[]
    for i in 1:3
        push!(r, f(i))
    end
    return r
end
# A constant has no code of its own: its callers come through an adapter.
# CHECK: Any[nothing, nothing, nothing]
println(results(Base.Experimental.@opaque i::Int -> nothing))
# CHECK-NEXT: Any[2, 4, 6]
println(results(Base.Experimental.@opaque i::Int -> 2i))
# CHECK-NEXT: [11, 12, 13]
println(results(let k = 10; Base.Experimental.@opaque i::Int -> i + k end))
# The body gives something else than it says: it is called boxed.
# CHECK-NEXT: TypeError
checked = Base.Experimental.@opaque Tuple{Int}->Int i -> i < 0 ? "none" : i
println(try results(checked); checked(-1) catch e typeof(e) end)
# COLD: "adapters_made":{{[1-9]}}
# WARM: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# WARM: "adapters_made":0,
