# Views in another shape, in another order, slice by slice: they share the parent's elements.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
plain(x) = sprint(show, MIME("text/plain"), x)

@testset "reshape" begin
    r = reshape(1:6, 2, 3)
    @test r == [1 3 5; 2 4 6] && r isa Base.ReshapedArray{Int,2} && parent(r) === 1:6 && size(r) == (2, 3) && vec(r) == 1:6 && reshape(r, 6) == 1:6 && reshape(r, :, 2) == [1 4; 2 5; 3 6]
    v = [1, 2, 3, 4]
    w = reshape(view(v, 1:4), 2, 2)
    w[1, 2] = 9
    @test v == [1, 2, 9, 4] && sum(w) == 16 && w' == [1 2; 9 4] && w .+ 1 == [2 10; 3 5]
    @test plain(w) == "2×2 reshape(view(::Vector{Int64}, 1:4), 2, 2) with eltype Int64:\n 1  9\n 2  4"
    @test_throws DimensionMismatch reshape(1:6, 2, 2)
    @test_throws BoundsError r[3, 1]
    @test_throws BoundsError r[7]
    @test reshape([1, 2], 1, 2) isa Matrix{Int} && vec(1:3) === 1:3
end
@testset "rows and columns" begin
    m = [1 2; 3 4]
    c = eachcol(m)
    @test c isa ColumnSlices && eachrow(m) isa RowSlices && length(c) == 2 && c[2] == [2, 4] && parent(c) === m && collect(eachrow(m)) == [[1, 2], [3, 4]] && sum.(c) == [4, 6] && map(maximum, eachrow(m)) == [2, 4] && c[2] isa SubArray && c[end] == [2, 4] && size(eachrow(m)) == (2,)
    c[1][1] = 7
    @test m == [7 2; 3 4] && (c[2] = [0, 0]; m == [7 0; 3 0])
    @test startswith(plain(c), "2-element ColumnSlices{Matrix{Int64}, Tuple{Base.OneTo{Int64}}, SubArray{") && endswith(plain(c), ":\n [7, 3]\n [0, 0]")
    @test [sum(r) for r in eachrow(m)] == [7, 3] && hcat(eachrow(m)...) == m' && length(eachrow(zeros(0, 3))) == 0 && length(eachcol(zeros(3, 0))) == 0 && eachcol([1, 2])[1] == [1, 2] && eachrow([1, 2])[2] == [2]
    @test_throws BoundsError c[3]
    @test sort(collect(eachrow([3 1; 1 2]))) == [[1, 2], [3, 1]] && reduce(+, eachcol([1 2; 3 4])) == [3, 7] && stack(eachcol([1 2; 3 4])) == [1 2; 3 4]
end
@testset "slices" begin
    a = reshape(collect(1:24), 2, 3, 4)
    @test size(eachslice(a; dims=3)) == (4,) && eachslice(a; dims=3)[2] == a[:, :, 2] && size(eachslice(a; dims=(1, 3))) == (2, 4) && eachslice(a; dims=(1, 3))[2, 3] == a[2, :, 3] && eachslice(a; dims=(3, 1))[3, 2] == a[2, :, 3] && size(eachslice(a; dims=2, drop=false)) == (1, 3, 1) && eachslice(a; dims=2, drop=false)[1, 2, 1] == a[:, 2, :]
    @test map(sum, eachslice([1 2; 3 4]; dims=1)) == [3, 7] && selectdim(a, 3, 2) == a[:, :, 2]
    @test_throws DimensionMismatch eachslice(a; dims=4)
    @test_throws ArgumentError eachslice(a; dims=(1, 1))
    @test mapslices(sum, [1 2; 3 4]; dims=1) == [4 6] && mapslices(sum, [1 2; 3 4]; dims=2) == [3; 7;;] && mapslices(sort, [3 1; 2 4]; dims=2) == [1 3; 2 4] && mapslices(sum, a; dims=(1, 2)) == sum(a; dims=(1, 2)) && mapslices(x -> x[1:2], a; dims=2) == a[:, 1:2, :]
    @test sortperm([3 1; 2 4]; dims=1) == [2 3; 1 4] && sortperm([3 1; 2 4]; dims=2, rev=true) == [1 3; 4 2]
end
@testset "other orders" begin
    a = [1 2 3; 4 5 6]
    p = PermutedDimsArray(a, (2, 1))
    @test p == a' && size(p) == (3, 2) && (p[3, 1] = 9; a[1, 3] == 9) && parent(p) === a && permutedims!(zeros(Int, 3, 2), a, (2, 1)) == a'
    @test_throws ArgumentError PermutedDimsArray(a, (1, 1))
end
@testset "ranges of several kinds" begin
    @test promote(1:2:5, 1:3) == (1:2:5, 1:1:3) && eltype([1:2:5, 1:3]) === StepRange{Int,Int} && eltype([1:3, Base.OneTo(2)]) === UnitRange{Int} && promote_type(StepRange{Int8,Int8}, UnitRange{Int}) === StepRange{Int,Int} && eltype([1:3, 0.5:1.5]) === typeof(0.5:1.5) && [1:3, 0.5:1.0:1.5][1] == 1.0:3.0 && eltype([0.1f0:0.1f0:0.3f0, 0.1:0.1:0.3]) === typeof(0.1:0.1:0.3) && eltype([LinRange(0, 1, 3), 1:2]) === LinRange{Float64,Int}
end
