# SPDX-License-Identifier: MIT
# What is given for a pointer stays as it is until unsafe_convert: one method is enough for a type of one's own, and a
# number is no address.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
mutable struct Owner
    p::Ptr{Cvoid}
end
Base.unsafe_convert(::Type{Ptr{Cvoid}}, w::Owner) = w.p
release(w) = ccall(:free, Cvoid, (Ptr{Cvoid},), w)
# CHECK: nothing
println(release(Owner(Libc.malloc(8))))
# CHECK-NEXT: true
println(Base.cconvert(Ptr{Int}, 0) === 0)
for wrong in (0, nothing, 1.5)
    try
        release(wrong)
    catch e
        println(first(split(sprint(showerror, e), "\n")))
    end
end
# CHECK-NEXT: MethodError: no method matching unsafe_convert(::Type{Ptr{Nothing}}, ::Int64)
# CHECK-NEXT: MethodError: no method matching unsafe_convert(::Type{Ptr{Nothing}}, ::Nothing)
# CHECK-NEXT: MethodError: no method matching unsafe_convert(::Type{Ptr{Nothing}}, ::Float64)
size_of(s) = ccall(:strlen, Csize_t, (Ptr{UInt8},), s)
# CHECK-NEXT: 3 4
println(size_of("abc"), " ", GC.@preserve size_of(Cstring(pointer("four"))))
