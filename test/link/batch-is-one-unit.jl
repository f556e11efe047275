# Code instances handed over together are one unit: all of them are published with it.
# RUN: %lig --dump=entries %s | FileCheck %s
struct Mine end
@noinline half(x) = x >> 1
@noinline grow(x) = 3x + 1
constant(x) = 7
function own_code(f)
    mi = Base.method_instance(f, (Int,))
    source = only(code_typed(f, (Int,))).first
    ci = Core.CodeInstance(mi, Mine(), source.rettype, Any, nothing, nothing, Int32(0), source.min_world, typemax(UInt),
        UInt32(0), nothing, source.debuginfo, source.edges)
    return ci, source
end
made = map(own_code, [half, grow, constant])
ccall(:jl_add_codeinsts_to_jit, Cvoid, (Any, Any), Any[first(m) for m in made], Any[last(m) for m in made])
# CHECK: entry half#{{[0-9]+}} specsig, with wrapper
# CHECK-NEXT: entry grow#{{[0-9]+}} specsig, with wrapper
println(invoke(half, made[1][1], 10), " ", invoke(grow, made[2][1], 10), " ", invoke(constant, made[3][1], 10))
# CHECK: 5 31 7
