# SPDX-License-Identifier: MIT
# A file that includes itself ends with an error soon, after which including works as before.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# Uncaught, it says each place no more than twice.
# RUN: not %lig %S/Inputs/includes-itself.jl 2>&1 | FileCheck %s --check-prefix=TWICE
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
# TWICE: ERROR: LoadError: LoadError: StackOverflowError:
# TWICE-COUNT-2: in expression starting at {{.*}}includes-itself.jl
# TWICE-NOT: in expression starting at
