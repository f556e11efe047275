# @atomic fields that no machine instruction exchanges are read whole; one that is not set yet may be set.
# determinism: skip, which thread compiles what depends on time
# RUN: %lig -t 4 %s
# RUN: %lig -t 4 --compile=min %s
using Test
using Base.Threads

mutable struct Late
    @atomic text::Any
    const fixed::Int
    Late() = new()
end
mutable struct Wide
    @atomic parts::NTuple{4,Int}
    @atomic small::Tuple{Int32,Int32}
    @atomic maybe::Union{Nothing,Int}
end
@testset "not set yet" begin
    x = Late()
    @test_throws UndefRefError @atomic x.text
    @test_throws UndefRefError @atomicswap x.text = 1
    @test (@atomic x.text = "set") == "set"
    @test (@atomic x.text) == "set" && (@atomicswap x.text = 2) == "set"
    @test_throws ErrorException @atomic x.fixed = 3
    @test_throws ErrorException swapfield!(x, :fixed, 3)
    @test_throws TypeError setfield!(Wide((1, 1, 1, 1), (1, 1), 1), :parts, "no", :sequentially_consistent)
end
function all_equal(w, n)
    for _ in 1:n
        p, s = (@atomic w.parts), (@atomic w.small)
        p[1] == p[2] == p[3] == p[4] && s[1] == s[2] || return false
    end
    return true
end
function write_all(w, k, n)
    for i in 1:n
        @atomic w.parts = (k + i, k + i, k + i, k + i)
        @atomicswap w.small = (i % Int32, i % Int32)
    end
end
@testset "wide" begin
    w = Wide((0, 0, 0, 0), (0, 0), nothing)
    writers = [@spawn(write_all(w, k * 10^6, 100000)) for k in 1:2]
    readers = [@spawn(all_equal(w, 100000)) for k in 1:2]
    foreach(wait, writers)
    @test all(fetch, readers)
    @test (@atomic w.maybe) === nothing && (@atomic w.maybe = 3) == 3 && (@atomic w.maybe) === 3
    @test (@atomicreplace w.small w.small => (Int32(7), Int32(8))).success && (@atomic w.small) === (Int32(7), Int32(8))
end
