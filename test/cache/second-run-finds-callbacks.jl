# C functions made of the program's come from the cache without LLVM, and still end with what they call.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
function sort_by_c!(v, compare)
    ccall(:qsort, Cvoid, (Ptr{eltype(v)}, Csize_t, Csize_t, Ptr{Cvoid}), v, length(v), sizeof(eltype(v)), compare)
    return v
end
ascending(a, b)::Cint = cmp(a, b)
order = ascending # no constant: by dispatch
pointer_to(f) = @cfunction($f, Cint, (Ref{Int}, Ref{Int}))
# CHECK: [1, 2, 3]
println(sort_by_c!([2, 3, 1], @cfunction(ascending, Cint, (Ref{Int}, Ref{Int}))))
# CHECK-NEXT: [3.0, 2.0, 1.0]
descending(a, b)::Cint = cmp(b, a)
println(sort_by_c!([2.0, 3.0, 1.0], @cfunction(descending, Cint, (Ref{Float64}, Ref{Float64}))))
# CHECK-NEXT: [1, -2, 3]
println(sort_by_c!([3, -2, 1], pointer_to((a, b) -> Cint(cmp(abs(a), abs(b))))))
# CHECK-NEXT: [3, 2, 1]
kept = @cfunction(ascending, Cint, (Ref{Int}, Ref{Int}))
ascending(a, b)::Cint = cmp(b, a)
println(sort_by_c!([2, 3, 1], kept))
# WARM: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
