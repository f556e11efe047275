# Sums of an offset and a count wrap around near typemax(Int): no bounds check may be fooled by that, nor by a length that lies.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
at(d, i, s, j, n) = copyto!(d, i, s, j, n)
@testset "copyto!" begin
    a = [10, 20, 30]
    b = [1, 2]
    @test_throws BoundsError at(b, typemax(Int), a, 1, 2)
    @test_throws BoundsError at(b, 1, a, typemax(Int), 2)
    @test_throws BoundsError at(b, 2, a, 1, typemax(Int))
    @test_throws BoundsError at(b, 0, a, 1, 1)
    @test_throws BoundsError at(b, typemax(Int), 1:3, 1, 2)
    @test_throws BoundsError at(b, 1, 1:3, typemax(Int), 2)
    @test_throws ArgumentError at(b, 1, a, 1, -1)
    @test at(b, typemax(Int), a, 1, 0) == [1, 2]
    @test at(b, 2, a, 3, 1) == [1, 30]
    @test at(b, 1, 7:9, 2, 2) == [8, 9]
end
@testset "growing" begin
    v = [1, 2, 3]
    popfirst!(v)
    @test_throws Exception resize!(v, typemax(Int))
    @test_throws Exception append!(v, 1:typemax(Int))
    @test_throws Exception prepend!(v, 1:typemax(Int))
    @test_throws BoundsError splice!(v, 10:9, [1])
    @test_throws BoundsError splice!(v, typemax(Int):typemax(Int)-1, [1])
    @test_throws BoundsError deleteat!(v, typemax(Int)-1:typemax(Int))
    @test_throws BoundsError insert!(v, typemax(Int), 1)
    @test v == [2, 3]
    w = [1, 2, 3]
    @test_throws BoundsError filter!(x -> (empty!(w); true), w)
    @test filter!(isodd, [1, 2, 3]) == [1, 3]
    @test splice!([1, 2], 3:2, [3]) == []
end
@testset "reshape" begin
    @test_throws Exception reshape([1], -1, -1)
    @test_throws Exception reshape(Int[], 2^32, 2^32)
    @test_throws Exception reshape(1:0, 2^32, 2^32)
    @test_throws Exception reshape(falses(0), 2^32, 2^32)
    @test_throws DimensionMismatch reshape([1, 2], 3)
    @test reshape(1:4, 2, :) == [1 3; 2 4]
end
struct Liar end
Base.length(::Liar) = 1
Base.iterate(::Liar, i=1) = i > 5 ? nothing : (i, i + 1)
@testset "a length that lies" begin
    @test_throws BoundsError [x for x in Liar()]
    @test_throws BoundsError collect(Liar())
    @test_throws BoundsError BitVector(x > 1 for x in Liar())
end
@testset "circshift" begin
    @test circshift([1, 2, 3], typemax(Int)) == [3, 1, 2]
    @test circshift([1 2; 3 4], (typemax(Int), 0)) == [3 4; 1 2]
    @test circshift([1, 2, 3], -1) == [2, 3, 1]
    @test circshift(Int[], 3) == []
end
@testset "streams" begin
    io = IOBuffer("abc")
    @test position(seek(io, typemax(Int))) == 3
    @test position(seek(io, typemin(Int))) == 0
    @test read(io, typemax(Int)) == b"abc"
    @test read(IOBuffer("x"^20000), 19999) == codeunits("x"^19999)
    @test_throws ArgumentError truncate(IOBuffer(), -1)
end
@testset "strings" begin
    s = SubString("hello", 2, 3)
    for i in (typemax(Int), typemin(Int), 4, -1)
        @test_throws BoundsError codeunit(s, i)
        @test_throws BoundsError thisind(s, i)
        @test_throws BoundsError nextind(s, i)
        @test_throws BoundsError s[i]
    end
    @test_throws BoundsError SubString(s, 1, typemax(Int))
end
