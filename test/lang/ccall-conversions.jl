# SPDX-License-Identifier: MIT
# cconvert and unsafe_convert stand between a value and C: texts, references, arrays, mutable objects in place.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
length_of(s) = ccall(:strlen, Csize_t, (Cstring,), s)
wide_length_of(s) = ccall(:wcslen, Csize_t, (Cwstring,), s)
# CHECK: (3, 2, 3, 4)
println(Int.((length_of("abc"), length_of(SubString("abcd", 2, 3)), length_of(:sym), wide_length_of("abcü"))))
function message(f, args...)
    try
        f(args...)
    catch e
        println(first(split(sprint(showerror, e), "\n")))
    end
end
# CHECK-NEXT: ArgumentError: embedded NULs are not allowed in C strings: "a\0b"
message(length_of, "a\0b")
# CHECK-NEXT: ArgumentError: embedded NULs are not allowed in C strings: "a\0b"
message(wide_length_of, "a\0b")
# CHECK-NEXT: ArgumentError: cannot convert NULL to string
message(unsafe_string, Cstring(C_NULL))
small(x) = ccall(:abs, Cint, (Cint,), x)
# CHECK-NEXT: InexactError: Int32(2.5)
message(small, 2.5)
# CHECK-NEXT: InexactError: trunc(Int32, 1099511627776)
message(small, 2^40)
# CHECK-NEXT: MethodError: Cannot `convert` an object of type String to an object of type Int32
message(small, "x")

struct Both
    a::Cint
    b::Cdouble
end
mutable struct Cell
    a::Int
    b::Int
end
# A mutable object is changed in place, an immutable in its Ref.
clear!(x::T) where {T} = ccall(:memset, Ptr{Cvoid}, (Ref{T}, Cint, Csize_t), x, 0, 8)
cell = Cell(1, 2)
clear!(cell)
both = Ref(Both(1, 2))
ccall(:memset, Ptr{Cvoid}, (Ref{Both}, Cint, Csize_t), both, 0, 4)
# CHECK-NEXT: (0, 2) Both(0, 2.0)
println((cell.a, cell.b), " ", both[])
fraction(x) = (e = Ref{Cint}(); m = ccall(:frexp, Cdouble, (Cdouble, Ref{Cint}), x, e); (m, e[]))
# CHECK-NEXT: (0.625, 4)
println(fraction(10.0))
# One element of an array, part of an array.
numbers = [5, 3, 2]
ccall(:memset, Ptr{Cvoid}, (Ref{Int}, Cint, Csize_t), Ref(numbers, 2), 0, 8)
middle = @view numbers[2:3]
# CHECK-NEXT: [5, 0, 2] 0 2
println(numbers, " ", ccall(:memcmp, Cint, (Ptr{Int}, Ptr{Int}, Csize_t), middle, [0, 2], 16), " ", unsafe_load(pointer(middle), 2))
texts = zeros(UInt, 3)
ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt}, Ptr{Cstring}, Csize_t), texts, ["one", "two"], 24)
# CHECK-NEXT: true
println(texts[3] == 0 && texts[1] != 0)
# A type of one's own says what it is to C.
struct Handle
    address::Base.RefValue{Int}
end
Base.cconvert(::Type{Ptr{Cvoid}}, h::Handle) = h.address
# CHECK-NEXT: 77
println(unsafe_load(Ptr{Int}(ccall(:memchr, Ptr{Cvoid}, (Ptr{Cvoid}, Cint, Csize_t), Handle(Ref(77)), 77, 8))))

# Raw memory.
function raw()
    p = Ptr{Int}(Libc.malloc(32))
    for i in 1:4
        unsafe_store!(p, i^2, i)
    end
    p = Ptr{Int}(Libc.realloc(p, 64))
    unsafe_copyto!(p + 32, p, 4)
    a = unsafe_wrap(Array, p, (4, 2))
    b = copy(a)
    a[1, 2] = 7
    total = unsafe_load(p, 5), sum(b)
    Libc.free(p)
    return total
end
# CHECK-NEXT: (7, 60)
println(raw())
# CHECK-NEXT: [0, 0, 0]
println(unsafe_wrap(Vector{Int}, Ptr{Int}(Libc.calloc(3, 8)), 3; own=true))
# CHECK-NEXT: (true, "he", 0x0000000000000010, "hello")
println((unsafe_pointer_to_objref(pointer_from_objref(cell)) === cell, unsafe_string(pointer("hello"), 2), UInt(Ptr{Cvoid}(12) + 4),
         (s = "hello"; GC.@preserve s unsafe_string(pointer(s)))))
function sum_by_pointer(xs)
    total = 0.0
    GC.@preserve xs begin
        p = pointer(xs)
        for i in 1:length(xs)
            total += unsafe_load(p, i)
        end
    end
    return total
end
# CHECK-NEXT: 6.5
println(sum_by_pointer([1.0, 2.0, 3.5]))
# errno.
open_nothing() = ccall(:open, Cint, (Cstring, Cint), "/nonexistent/file", 0)
# CHECK-NEXT: (-1, 2, "No such file or directory")
println((Libc.errno(0); (open_nothing(), Libc.errno(), Libc.strerror())))
# CHECK-NEXT: SystemError: opening: No such file or directory
message(() -> systemerror("opening", open_nothing() < 0))
# CHECK-NEXT: (0x07, 4, 8, Int32)
println((reinterpret(UInt8, Int8(7)), sizeof(Cwchar_t), sizeof(Clong), Cint))
