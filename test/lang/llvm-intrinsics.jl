# ccall with the convention llvmcall calls an intrinsic of LLVM.
# RUN: %lig %s
# RUN: %lig --compile=min %s
# RUN: %lig --compile=all --dump=unit %s | FileCheck %s
using Test
root(x) = ccall("llvm.sqrt.f64", llvmcall, Float64, (Float64,), x)
# CHECK: call double @llvm.sqrt.f64(double
zeros_before(x::Int32) = ccall("llvm.ctlz.i32", llvmcall, Int32, (Int32, Bool), x, false)
swapped(x) = ccall("llvm.bswap.i16", llvmcall, UInt16, (UInt16,), x)
fused(v, w, u) = ccall("llvm.fma.v2f64", llvmcall, NTuple{2,VecElement{Float64}},
    (NTuple{2,VecElement{Float64}}, NTuple{2,VecElement{Float64}}, NTuple{2,VecElement{Float64}}), v, w, u)
is_nan(x) = ccall("llvm.is.fpclass.f64", llvmcall, Bool, (Float64, Int32), x, 3)
unknown(x) = ccall("llvm.no.such.thing", llvmcall, Int, (Int,), x)
no_type(x) = ccall("llvm.sqrt.f64", llvmcall, String, (Float64,), x)
@testset "intrinsics" begin
    @test root(9) === 3.0
    @test zeros_before(Int32(1)) === Int32(31)
    @test swapped(0x1234) === 0x3412
    v(a, b) = (VecElement(a), VecElement(b))
    @test fused(v(1.0, 2.0), v(3.0, 4.0), v(0.5, 0.25)) === v(3.5, 8.25)
    @test [ccall("llvm.ctpop.i64", llvmcall, Int, (Int,), i) for i in 0:4] == [0, 1, 1, 2, 1]
    @test is_nan(NaN) === true && is_nan(1.0) === false
    @test_throws ArgumentError no_type(1.0)
    @test_throws ErrorException unknown(1)
end
