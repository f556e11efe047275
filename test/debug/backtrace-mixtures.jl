# Backtraces name function, file and line whatever runs a frame: the interpreter, compiled code, code inlined into it, code that
# C calls back; in any order.
# RUN: not %lig %s > %t 2>&1 && FileCheck --check-prefixes=CHECK,MIXED %s < %t
# RUN: not %lig --compile=min %s > %t 2>&1 && FileCheck --check-prefixes=CHECK,MIXED %s < %t
# RUN: not %lig --compile=all %s > %t 2>&1 && FileCheck %s < %t
@noinline bottom(x) = x > 2 ? throw(ErrorException("here")) : x
@noinline function looping(x) # compiled at once
    s = 0
    for i in 1:x
        s += bottom(i)
    end
    return s
end
inlined(x) = looping(x) + 1
@noinline straight(x) = inlined(x) # interpreted on its first calls
function before(a::Ptr{Int}, b::Ptr{Int})
    unsafe_load(a) == 3 && straight(4)
    return Cint(unsafe_load(a) < unsafe_load(b) ? -1 : 1)
end
@noinline function sorted(v)
    less = @cfunction(before, Cint, (Ptr{Int}, Ptr{Int}))
    GC.@preserve v ccall(:qsort, Cvoid, (Ptr{Int}, Csize_t, Csize_t, Ptr{Cvoid}), pointer(v), length(v), 8, less)
    return v
end
recursive(n) = n == 0 ? sorted([3, 1, 2]) : recursive(n - 1)
recursive(3)
# CHECK: ERROR: LoadError: here
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT: bottom(x::Int64)
# CHECK-NEXT: @ {{.*}}backtrace-mixtures.jl:6
# CHECK-NEXT: looping(x::Int64)
# CHECK-NEXT: @ {{.*}}backtrace-mixtures.jl:10
# CHECK-NEXT: inlined{{$|\(x}}
# CHECK-NEXT: @ {{.*}}backtrace-mixtures.jl:14
# CHECK-NEXT: straight(x::Int64)
# CHECK-NEXT: @ {{.*}}backtrace-mixtures.jl:15
# CHECK-NEXT: before(a::Ptr{Int64}, b::Ptr{Int64})
# CHECK-NEXT: @ {{.*}}backtrace-mixtures.jl:17
# Below C code that keeps no frame pointers, compiled frames are not found up to the next that is interpreted.
# MIXED-NEXT: sorted(v::Vector{Int64})
# MIXED-NEXT: @ {{.*}}backtrace-mixtures.jl:22
# MIXED-NEXT: recursive(n::Int64)
# MIXED-NEXT: @ {{.*}}backtrace-mixtures.jl:25
# CHECK: top-level scope
# CHECK-NEXT: @ {{.*}}backtrace-mixtures.jl:26
