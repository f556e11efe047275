# SPDX-License-Identifier: MIT
# A code instance that the program made and let go of is forgotten: its machine code goes back, and no key of it is left that a new
# object at the same address could be taken for. Whoever runs it holds it.
# RUN: %lig --stats %s 50 2>%t.few >%t.out && %lig --stats %s 200 2>%t.many >>%t.out && FileCheck %s <%t.out
# RUN: few=$(sed -n 's/.*"code_bytes_used":\([0-9]*\).*/\1/p' %t.few) && \
# RUN:   many=$(sed -n 's/.*"code_bytes_used":\([0-9]*\).*/\1/p' %t.many) && \
# RUN:   echo "code: $few bytes, $many bytes" && test "$few" -gt 0 && test "$many" -lt $((few + 20000))
# determinism: skip, its code instances are as many as it is told
@noinline part(x) = x + 1
whole(x, f) = (f(); part(x) * part(x + 1))
function own_code(f, types)
    mi = Base.method_instance(f, types)
    source = only(code_typed(f, types)).first
    ci = Core.CodeInstance(mi, :test, source.rettype, Any, nothing, nothing, Int32(0), source.min_world, typemax(UInt), UInt32(0),
        nothing, source.debuginfo, source.edges)
    ccall(:jl_add_codeinsts_to_jit, Cvoid, (Any, Any), Any[ci], Any[source])
    return ci
end
function run(n)
    sum = 0
    for k in 1:n
        # Nobody holds the code while it runs and collects.
        sum += invoke(whole, own_code(whole, (Int, typeof(GC.gc))), k, GC.gc)
    end
    return sum
end
println(run(parse(Int, ARGS[1])))
# CHECK: {{^}}46850{{$}}
# CHECK: {{^}}2747400{{$}}
