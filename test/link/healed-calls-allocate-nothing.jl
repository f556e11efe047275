# SPDX-License-Identifier: MIT
# A call of code that was not compiled goes through a stub, which is counted. It heals at the first call: from then on
# arguments and results travel unboxed, so that a loop of such calls allocates nothing.
# RUN: %lig %s
using Test
module Calls
@noinline inner(x) = x + 1.5
outer(x) = inner(x) * 2.0
function many(n)
    s = 0.0
    for i in 1:n
        s += inner(Float64(i))
    end
    return s
end
end
function own_code(f, types)
    mi = Base.method_instance(f, types)
    source = only(code_typed(f, types)).first
    ci = Core.CodeInstance(mi, :test, source.rettype, Any, nothing, nothing, Int32(0), source.min_world, typemax(UInt), UInt32(0),
        nothing, source.debuginfo, source.edges)
    ccall(:jl_mi_cache_insert, Cvoid, (Any, Any), mi, ci)
    ccall(:jl_add_codeinsts_to_jit, Cvoid, (Any, Any), Any[ci], Any[source])
    return ci
end
stubs() = ccall(:jl_tojlinvoke_trampoline_count, UInt64, ())
before = stubs()
many = own_code(Calls.many, (Int,))
@test stubs() > before
@test many.edges[1].invoke == C_NULL
@test invoke(Calls.many, many, 10) == 70.0
@test many.edges[1].invoke != C_NULL && many.edges[1].specptr != C_NULL
again = own_code(Calls.outer, (Float64,)) # bound to what is compiled by now
@test invoke(Calls.outer, again, 1.0) == 5.0
run(n) = invoke(Calls.many, many, n)
run(3)
@test (@allocations invoke(Calls.many, many, 100000)) <= 1 # the result
@test (@allocated invoke(Calls.many, many, 100000)) <= 16
