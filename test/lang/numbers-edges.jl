# Powers, multiples and sums at the ends of their types: an answer or an error, never a silent wrap or an endless loop.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
@testset "nextpow, prevpow" begin
    @test nextpow(2, 2^62 + 1) == typemin(Int)
    @test_throws OverflowError nextpow(3, typemax(Int))
    @test (nextpow(2, 7), nextpow(2, 8), nextpow(2, 1), nextpow(3, 10), nextpow(2, 7.5), nextpow(1.5, 3)) == (8, 8, 1, 27, 8, 3.375)
    @test prevpow(2, typemax(Int)) == 2^62
    @test prevpow(3, typemax(Int)) == 3^39
    @test (prevpow(2, 0x7f), prevpow(3, 27), prevpow(3, 26), prevpow(2, 1.5), prevpow(1.5, 2.3)) == (64, 27, 9, 1, 2.25)
    @test_throws DomainError prevpow(2, 0)
    @test_throws DomainError nextpow(2, 0)
    @test_throws DomainError nextpow(1, 3)
end
@testset "lcm" begin
    @test_throws OverflowError lcm(Int8(127), Int8(-7))
    @test_throws OverflowError lcm(2^62, 3)
    @test_throws OverflowError lcm(Int8(-128), Int8(-1))
    @test_throws OverflowError gcd(typemin(Int), 0)
    @test lcm(typemin(Int), 0) === 0
    @test (lcm(4, 6), lcm(0, 5), lcm(0x04, 0x06), lcm(-4, 6), lcm(true, false)) === (12, 0, 0x0c, 12, false)
end
@testset "sum of a range" begin
    @test sum(0x01:0xff) === UInt(32640)
    @test sum(Int8(1):Int8(127)) === 8128
    @test sum(UInt16(1):0xffff) === UInt(2147450880)
    @test sum(0x01:0x01:0xff) === UInt(32640)
    @test sum(UInt32(1):0xffffffff) === UInt(9223372034707292160)
    @test sum(1:typemax(Int)) === -4611686018427387904
    @test (sum(1:10), sum(1:11), sum(1:0), sum(0x01:0x00), sum(-5:2:5)) === (55, 66, 0, UInt(0), 0)
end
@testset "a number of its own kind" begin
    @test (Real(1), Number(1), Integer(3), Signed(3), AbstractFloat(1.5), Int(3)) === (1, 1, 3, 3, 1.5, 3)
    @test_throws MethodError Real("a")
end
@testset "characters" begin
    @test_throws InexactError 'a' + typemax(Int)
    @test_throws InexactError 'a' - 98
    @test ('a' + 1, 'b' - 1, 1 + 'a', 'a' + 0x01) === ('b', 'a', 'b', 'b')
end
@testset "ntuple" begin
    @test_throws ArgumentError ntuple(identity, Val(-1))
    @test ntuple(identity, Val(6)) == (1, 2, 3, 4, 5, 6)
end
