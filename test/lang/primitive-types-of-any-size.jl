# SPDX-License-Identifier: MIT
# Intrinsics compute alike on primitive types of every number of bytes, compiled or not.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
const I = Core.Intrinsics
primitive type P24 24 end
primitive type P72 72 end
primitive type P120 120 end
primitive type P256 256 end

narrow(x) = sizeof(x) < 4 ? I.sext_int(Int32, x) : I.trunc_int(Int32, x)
make(T, i) = sizeof(T) > 8 ? I.sext_int(T, i) : I.trunc_int(T, i)

function arithmetic(T, n)
    total = 0
    for i in 1:n
        a = make(T, 1000 * i)
        b = make(T, -7)
        sum = I.add_int(I.mul_int(a, b), I.neg_int(b))
        sum = I.xor_int(I.flipsign_int(sum, b), I.not_int(I.and_int(a, I.or_int(b, a))))
        quotient = I.checked_sdiv_int(sum, b)
        rest = I.checked_urem_int(a, make(T, 1001))
        total += narrow(quotient) + narrow(rest) + narrow(I.checked_srem_int(sum, b))
    end
    total
end
# CHECK: [[SUM:-?[0-9]+]] [[SUM]] [[SUM]] [[SUM]]
println(arithmetic(P24, 5), " ", arithmetic(P72, 5), " ", arithmetic(P120, 5), " ", arithmetic(Int128, 5))

function bits(T, n)
    out = Int[]
    for i in 1:n
        x = make(T, i * 0x10001)
        for y in (I.ctpop_int(x), I.ctlz_int(x), I.cttz_int(x), I.shl_int(x, 9), I.lshr_int(I.neg_int(x), 9),
                  I.ashr_int(I.neg_int(x), 9), I.ashr_int(x, 500))
            push!(out, narrow(y))
        end
        push!(out, I.slt_int(I.neg_int(x), x) + 2 * I.ult_int(I.neg_int(x), x))
    end
    out
end
# CHECK: [2, 7, 0, 512, 32639, -129, 0, 1, 2, 6, 1, 1024, 32511, -257, 0, 1]
println(bits(P24, 2))
# CHECK: [2, 55, 0, 33554944, -129, -129, 0, 1, 2, 54, 1, 67109888, -257, -257, 0, 1]
println(bits(P72, 2))

function swapped(n)
    x = make(P24, 0)
    for i in 1:n
        x = I.bswap_int(make(P24, 0x010203))
    end
    x
end
# CHECK: 197121
println(I.zext_int(Int64, swapped(3)))

function overflow(T, n)
    lowest = I.shl_int(make(T, 1), 8 * sizeof(T) - 1)
    flags = Bool[]
    for i in 1:n
        append!(flags, [I.checked_sadd_int(lowest, lowest)[2], I.checked_smul_int(lowest, make(T, 1))[2],
                        I.checked_usub_int(make(T, 1), make(T, 2))[2], I.checked_umul_int(lowest, make(T, 2))[2]])
    end
    flags
end
# CHECK: Bool[1, 0, 1, 1]
println(overflow(P24, 1))
# CHECK: Bool[1, 0, 1, 1]
println(overflow(P72, 1))

function quotient(T, n)
    lowest = I.shl_int(make(T, 1), 8 * sizeof(T) - 1)
    for i in 1:n
        lowest = I.checked_sdiv_int(lowest, make(T, -1))
    end
    lowest
end
for T in (P24, P72)
    try
        quotient(T, 1)
    catch e
        println(T, " ", e)
    end
end
# CHECK: P24 DivideError()
# CHECK: P72 DivideError()

function floats(T, n)
    out = Float64[]
    for i in 1:n
        push!(out, I.sitofp(Float64, I.fptosi(T, -1.0e30)), I.uitofp(Float64, I.fptosi(T, -2.5)))
    end
    out
end
# CHECK: [-8.388608e6, 1.6777214e7]
println(floats(P24, 1))
# CHECK: [-2.3611832414348226e21, 4.722366482869645e21]
println(floats(P72, 1))

struct Holder
    a::P24
    b::UInt8
end
function stored(n)
    v = P24[]
    for i in 1:n
        push!(v, make(P24, -i))
    end
    [I.sext_int(Int, x) for x in v], Holder(v[2], 0x09).b
end
# CHECK: ([-1, -2, -3], 0x09)
println(stored(3))

# The only bit of a Bool is its sign.
function signs(n)
    s = 0
    for i in 1:n
        s += I.sext_int(Int, i > 1)
    end
    s
end
# CHECK: -2
println(signs(3))

# Julia computes with any number of bits; here there is a limit, and it is the same everywhere.
function too_wide(n)
    x = 0
    for i in 1:n
        x = I.sext_int(P256, i)
    end
    x
end
# CHECK: sext_int: integers of more than 128 bits are not supported
try
    too_wide(3)
catch e
    println(e.msg)
end
