# SPDX-License-Identifier: MIT
# C calls functions of the program: by pointers that stay, and by pointers of closures that live as long as their object.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
mycompare(a, b)::Cint = a < b ? -1 : a > b ? 1 : 0
function sort_by_c!(v, compare)
    ccall(:qsort, Cvoid, (Ptr{eltype(v)}, Csize_t, Csize_t, Ptr{Cvoid}), v, length(v), sizeof(eltype(v)), compare)
    return v
end
# CHECK: [-2.7, 1.3, 3.1, 4.4]
println(sort_by_c!([1.3, -2.7, 4.4, 3.1], @cfunction(mycompare, Cint, (Ref{Cdouble}, Ref{Cdouble}))))
ordered_by(key, v) = sort_by_c!(v, @cfunction($((a, b) -> Cint(cmp(key(a), key(b)))), Cint, (Ref{Int}, Ref{Int})))
# CHECK-NEXT: [1, 3, 4, -5] [4, 3, 1, -5]
println(ordered_by(abs, [3, -5, 1, 4]), " ", ordered_by(-, [3, -5, 1, 4]))

# What a callback throws passes C by.
function try_order(f)
    try
        sort_by_c!([3, 2, 1], @cfunction($f, Cint, (Ref{Int}, Ref{Int})))
    catch e
        println(sprint(showerror, e))
    end
end
# CHECK-NEXT: no order
try_order((a, b) -> error("no order"))
# CHECK-NEXT: TypeError: in cfunction, expected Int32, got a value of type Int64
try_order((a, b) -> 1)
compare_badly(a, b) = a > 2 ? error("too large: ", a) : Cint(0)
function count_errors(n)
    errors = 0
    for i in 1:n
        try
            sort_by_c!([1, 3, 1], @cfunction(compare_badly, Cint, (Ref{Int}, Ref{Int})))
        catch
            errors += 1
        end
    end
    return errors
end
# CHECK-NEXT: 3000
println(count_errors(3000))

# Small integers keep their sign, objects are themselves.
id(x) = x
# CHECK-NEXT: (-3, 0xc8, "hey", -4.5f0)
println((ccall(@cfunction(id, Int8, (Int8,)), Int8, (Int8,), -3), ccall(@cfunction(id, Cuchar, (Cuchar,)), Cuchar, (Cuchar,), 200),
         ccall(@cfunction(id, Any, (Any,)), Any, (Any,), "hey"), ccall(@cfunction(id, Cfloat, (Cfloat,)), Cfloat, (Cfloat,), -4.5)))
mutable struct Counter
    n::Int
end
bump(c) = (c.n += 1; nothing)
counter = Counter(1)
ccall(@cfunction(bump, Cvoid, (Ref{Counter},)), Cvoid, (Ref{Counter},), counter)
ccall(@cfunction(bump, Cvoid, (Any,)), Cvoid, (Any,), counter)
# CHECK-NEXT: 3
println(counter.n)

# The pointer of a function is one and the same, and calls what the function is now.
which() = 1
const pointer_to_which = @cfunction(which, Int, ())
call_which() = ccall(pointer_to_which, Int, ())
first_answer = call_which()
which() = 2
# CHECK-NEXT: (1, 2, true)
println((first_answer, call_which(), pointer_to_which == @cfunction(which, Int, ())))
# Callbacks may call C and be called back again.
function down(n::Cint)::Cint
    n == 0 && return Cint(0)
    return Cint(1) + ccall(@cfunction(down, Cint, (Cint,)), Cint, (Cint,), n - 1)
end
# CHECK-NEXT: 200
println(down(Cint(200)))
# Each closure has its own pointer, which is given back.
function sum_of_closures(n)
    total = 0
    for i in 1:n
        f = @cfunction($(x -> x + i), Int, (Int,))
        total += GC.@preserve f ccall(Base.unsafe_convert(Ptr{Cvoid}, f), Int, (Int,), 1)
    end
    return total
end
# CHECK-NEXT: 4505
println(sum_of_closures(94) - 54)
function refused(f)
    try
        f()
    catch e
        println(sprint(showerror, e))
    end
end
primitive type P24 24 end
# CHECK-NEXT: ccall: a value of type P24 cannot be passed to or from C
refused(() -> @cfunction(id, P24, (P24,)))
# CHECK-NEXT: TypeError: in cfunction, expected Type, got a value of type Int64
refused(() -> @cfunction(id, Int, (1,)))
# CHECK-NEXT: in ccall: first argument not a pointer or valid constant expression, expected Ptr, got a value of type Base.CFunction
refused(() -> ccall(@cfunction($id, Int, (Int,)), Int, (Int,), 1))
