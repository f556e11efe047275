# SPDX-License-Identifier: MIT
# A file that includes itself ends with an error soon, after which including works as before.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
function cause(e)
    while e isa LoadError
        e = e.error
    end
    return typeof(e)
end
for i in 1:2
    println(try include("Inputs/includes-itself.jl") catch e; (typeof(e), cause(e)) end)
end
println(include_string(Main, "1 + 1"))
# CHECK-COUNT-2: (LoadError, StackOverflowError)
# CHECK-NEXT: 2
