# SPDX-License-Identifier: MIT
# What a ccall passes does not depend on whether the function is compiled: structs by value, small and wide
# integers, types that are known only when the call is made.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
struct Quotient
    quot::Cint
    rem::Cint
end
struct LongQuotient
    quot::Clong
    rem::Clong
end
struct ComplexDouble
    re::Float64
    im::Float64
end
struct ComplexFloat
    re::Float32
    im::Float32
end

divide(a, b) = ccall(:div, Quotient, (Cint, Cint), a, b)
long_divide(a, b) = ccall(:ldiv, LongQuotient, (Clong, Clong), a, b)
magnitude(z) = ccall((:cabs, "libm"), Float64, (ComplexDouble,), z)
conjugate(z) = ccall((:conjf, "libm"), ComplexFloat, (ComplexFloat,), z)

function sum_of_quotients(n)
    total = 0
    for i in 1:n
        d = divide(i, 7)
        total += d.quot * 1000 + d.rem
    end
    total
end
# CHECK: 679297
println(sum_of_quotients(100))

# CHECK: LongQuotient(-14, -2)
println(long_divide(-100, 7))

function sum_of_magnitudes(n)
    total = 0.0
    for i in 1:n
        total += magnitude(ComplexDouble(3i, 4i))
    end
    total
end
# CHECK: 25250.0
println(sum_of_magnitudes(100))
# CHECK: ComplexFloat(1.5f0, -2.0f0)
println(conjugate(ComplexFloat(1.5, 2.0)))

# The 51st call is compiled code's.
function many(n)
    quotients = Quotient[]
    while length(quotients) < n
        push!(quotients, divide(length(quotients), 3))
    end
    quotients[end]
end
# CHECK: Quotient(66, 1)
println(many(200))

# A type that only the call itself knows.
absolute(T, x) = ccall(:abs, T, (T,), x)
types = Any[Cint, Cuint]
function of_unknown_types(n)
    out = Any[]
    for i in 1:n
        push!(out, absolute(types[1 + i % 2], Int32(5)))
    end
    (out[1], out[2])
end
# CHECK: (0x00000005, 5)
println(of_unknown_types(4))

function refused(f)
    try
        f()
    catch e
        println(sprint(showerror, e))
    end
end
primitive type P24 24 end
function pass_odd(n)
    r = 0
    for i in 1:n
        r += ccall(:abs, Cint, (P24,), Core.Intrinsics.trunc_int(P24, i))
    end
    r
end
# CHECK: ccall: a value of type P24 cannot be passed to or from C
refused(() -> pass_odd(3))
