# Vectors: construction, indexing, growing and shrinking, copying, comparison, bounds.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

swapped(v) = ((v[1], v[2]) = (v[2], v[1]); v)

@testset "construction" begin
    @test [1, 2, 3] isa Vector{Int} && [1, 2.5] == [1.0, 2.5] && eltype([1, 2.5]) === Float64 && eltype([1, "a"]) === Any && eltype(['a', "b"]) === Any && [] isa Vector{Any} && eltype([1, nothing]) === Union{Nothing,Int} && eltype([0x01, 2]) === Int && eltype([1, missing]) === Union{Missing,Int} && eltype([nothing]) === Nothing && eltype([[1], [2.0]]) === Vector{Float64}
    @test Int[] isa Vector{Int} && Int8[1, 2] == [1, 2] && Float64[1, 2] isa Vector{Float64} && Any[1, "a"] isa Vector{Any} && Union{Int,String}[1, "a"] isa Vector{Union{Int,String}} && String[] == [] && Vector{Int}() == [] && length(Vector{Int}(undef, 3)) == 3 && Vector{Union{Nothing,Int}}(nothing, 2) == [nothing, nothing] && Vector{Union{Missing,Int}}(missing, 2) isa Vector
    @test zeros(3) == [0.0, 0.0, 0.0] && zeros(Int, 2) == [0, 0] && ones(2) == [1.0, 1.0] && ones(Int8, 2) == [1, 1] && fill(7, 3) == [7, 7, 7] && fill("a", 2) == ["a", "a"] && zeros(0) == [] && fill(0.5, (2,)) == [0.5, 0.5] && trues(2) == [true, true] && falses(2) == [false, false] && eltype(trues(2)) === Bool
    @test collect(1:3) == [1, 2, 3] && collect("añb") == ['a', 'ñ', 'b'] && collect((1, 2)) == [1, 2] && collect(Float64, 1:2) == [1.0, 2.0] && Vector(1:3) == [1, 2, 3] && Array(1:2) isa Vector{Int} && Vector{Float64}(1:2) == [1.0, 2.0] && Vector{Char}("ab") == ['a', 'b'] && collect(Dict(1 => 2)) == [1 => 2] && collect(Set([1])) == [1] && collect(x^2 for x in 1:3) == [1, 4, 9] && collect(Int8, (1, 2)) isa Vector{Int8} && vec(1:3) == [1, 2, 3] && [1:3;] == [1, 2, 3] && [1:2..., 5] == [1, 2, 5] && [i for i in 1:3 if isodd(i)] == [1, 3]
    @test convert(Vector{Float64}, [1, 2]) isa Vector{Float64} && convert(Vector{Any}, [1, 2]) isa Vector{Any} && Vector{Any}([1, 2]) == [1, 2] && similar([1, 2]) isa Vector{Int} && similar([1], Float64) isa Vector{Float64} && length(similar([1, 2], 5)) == 5 && size(similar([1, 2], (2, 2))) == (2, 2) && similar([1.0], Int, 3) isa Vector{Int} && size(similar(Vector{Int}, 3)) == (3,) && zero([1, 2]) == [0, 0] && zero([1.5]) == [0.0]
    @test [1; 2; [3, 4]] == [1, 2, 3, 4] && [1:3; 7] == [1, 2, 3, 7] && [[1, 2]; [3.0]] == [1.0, 2.0, 3.0] && vcat([1], 2, [3]) == [1, 2, 3] && vcat([1, 2], 3:4) == [1, 2, 3, 4] && vcat() == [] && vcat("a", "b") == ["a", "b"] && reduce(vcat, [[1], [2, 3]]) == [1, 2, 3] && vcat(1, 2.5) == [1.0, 2.5] && reduce(vcat, [[1, 2], [3.5]]) == [1.0, 2.0, 3.5] && vcat([1], ["a"]) == [1, "a"] && vcat(Int[], [1.5]) == [1.5]
end
@testset "indexing" begin
    a = [10, 20, 30, 40]
    @test a[1] == 10 && a[end] == 40 && a[end-1] == 30 && a[begin] == 10 && a[2:3] == [20, 30] && a[[4, 1]] == [40, 10] && a[:] == a && a[:] !== a && a[2:end] == [20, 30, 40] && a[end:-1:1] == [40, 30, 20, 10] && a[[true, false, true, false]] == [10, 30] && a[a .> 15] == [20, 30, 40] && a[Int[]] == [] && a[3:2] == [] && a[0x02] == 20 && a[CartesianIndex(2)] == 20 && a[1, 1] == 10 && a[[1, 1, 2]] == [10, 10, 20] && a[[1 2; 3 4]] == [10 20; 30 40]
    @test first(a) == 10 && last(a) == 40 && first(a, 2) == [10, 20] && last(a, 2) == [30, 40] && first(a, 10) == a && last(a, 0) == [] && firstindex(a) == 1 && lastindex(a) == 4 && axes(a) == (Base.OneTo(4),) && axes(a, 1) == 1:4 && axes(a, 2) == 1:1 && eachindex(a) == 1:4 && keys(a) == 1:4 && length(a) == 4 && size(a) == (4,) && size(a, 1) == 4 && size(a, 2) == 1 && ndims(a) == 1 && sizeof(a) == 32 && eltype(a) === Int && only([5]) == 5 && getindex(a, 2) == 20 && get(a, 9, 0) == 0 && get(a, 2, 0) == 20 && get(() -> 7, a, 9) == 7 && haskey(a, 4) && !haskey(a, 5) && checkbounds(Bool, a, 4) && !checkbounds(Bool, a, 5) && checkbounds(a, 1:4) === nothing && isassigned(a, 1) && !isassigned(a, 9) && values(a) === a
    b = copy(a)
    b[1] = 1; b[end] = 4
    b[2:3] = [7, 8]
    @test b == [1, 7, 8, 4] && (b[2:3] .= 0; b == [1, 0, 0, 4]) && (b .= 5; b == [5, 5, 5, 5]) && (b[[1, 3]] = [9, 9]; b == [9, 5, 9, 5]) && (b[b .== 9] .= 1; b == [1, 5, 1, 5]) && (b .+= 1; b == [2, 6, 2, 6]) && (b[1] += 5; b[1] == 7) && (b[:] = 1:4; b == 1:4) && (b[:] .= 3; b == fill(3, 4)) && setindex!(b, 8, 1) === b && b[1] == 8 && (b[2] = 3.0; b[2] === 3)
    @test message(() -> a[5]) == "BoundsError: attempt to access 4-element Vector{Int64} at index [5]" && message(() -> a[0]) == "BoundsError: attempt to access 4-element Vector{Int64} at index [0]" && message(() -> a[2:7]) == "BoundsError: attempt to access 4-element Vector{Int64} at index [2:7]" && message(() -> a[1, 2]) == "BoundsError: attempt to access 4-element Vector{Int64} at index [1, 2]" && message(() -> a[[1, 9]]) == "BoundsError: attempt to access 4-element Vector{Int64} at index [[1, 9]]" && message(() -> Int[][1]) == "BoundsError: attempt to access 0-element Vector{Int64} at index [1]" && message(() -> a[[true, false]]) == "BoundsError: attempt to access 4-element Vector{Int64} at index [Bool[1, 0]]"
    @test message(() -> checkbounds(a, 7)) == "BoundsError: attempt to access 4-element Vector{Int64} at index [7]" && message(() -> setindex!(a, 1, 9)) == "BoundsError: attempt to access 4-element Vector{Int64} at index [9]" && message(() -> a[1.0]) == "ArgumentError: invalid index: 1.0 of type Float64" && message(() -> a[true]) == "ArgumentError: invalid index: true of type Bool" && message(() -> a["x"]) == "ArgumentError: invalid index: \"x\" of type String" && message(() -> setindex!(a, [1, 2, 3], 1:2)) == "DimensionMismatch: tried to assign 3 elements to 2 destinations" && occursin("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?", message(() -> setindex!(a, 1, 1:2))) && message(() -> first(Int[])) == "BoundsError: attempt to access 0-element Vector{Int64} at index [1]" && message(() -> last(Int[])) == "BoundsError: attempt to access 0-element Vector{Int64} at index [0]" && message(() -> only([1, 2])) == "ArgumentError: Collection has multiple elements, must contain exactly 1 element" && message(() -> only([])) == "ArgumentError: Collection is empty, must contain exactly 1 element"
    @test_throws InexactError setindex!(a, 1.5, 1)
    @test_throws MethodError setindex!(a, "x", 1)
    @test message(() -> Vector{String}(undef, 2)[1]) == "UndefRefError: access to undefined reference"
end
@testset "growing" begin
    a = Int[]
    @test push!(a, 1) === a && push!(a, 2, 3) == [1, 2, 3] && pushfirst!(a, 0) == [0, 1, 2, 3] && pushfirst!(a, -2, -1) == [-2, -1, 0, 1, 2, 3] && append!(a, [4, 5]) == -2:5 && append!(a, (6,), 7:8) == -2:8 && prepend!(a, [-4, -3]) == -4:8 && prepend!([3], (1, 2)) == [1, 2, 3] && push!(Float64[], 1) == [1.0] && push!([], 1, "a") == [1, "a"] && append!([1], a[1:0]) == [1] && prepend!([3], [1], [2]) == [1, 2, 3] && append!([1], Set([2])) == [1, 2]
    @test insert!([1, 2, 4], 3, 3) == [1, 2, 3, 4] && insert!([1], 1, 0) == [0, 1] && insert!([1], 2, 2) == [1, 2] && resize!([1, 2, 3], 2) == [1, 2] && length(resize!([1], 4)) == 4 && sizehint!([1], 10) == [1] && append!(a, a) == vcat(-4:8, -4:8) && length(push!(collect(1:100), 101)) == 101
    @test startswith(message(() -> push!([1], "a")), "MethodError: Cannot `convert` an object of type String to an object of type Int64\n")
    @test message(() -> insert!([1, 2], 5, 0)) == "BoundsError: attempt to access 2-element Vector{Int64} at index [5]"
    @test_throws InexactError push!([1], 1.5)
end
@testset "shrinking" begin
    @test (a = [1, 2, 3]; pop!(a) === 3 && a == [1, 2]) && (a = [1, 2, 3]; popfirst!(a) === 1 && a == [2, 3]) && popat!([1, 2, 3], 2) === 2 && popat!([1], 5, 0) === 0 && deleteat!([1, 2, 3], 2) == [1, 3] && deleteat!([1, 2, 3, 4], 2:3) == [1, 4] && deleteat!([1, 2, 3, 4], [1, 3]) == [2, 4] && deleteat!([1, 2, 3], [true, false, true]) == [2] && deleteat!([1, 2, 3], (1, 3)) == [2] && keepat!([1, 2, 3, 4], [2, 4]) == [2, 4] && keepat!([1, 2, 3], [true, false, true]) == [1, 3] && empty!([1, 2]) == [] && deleteat!([1, 2], 1:0) == [1, 2]
    a = collect(1:6)
    @test splice!(a, 2) === 2 && a == [1, 3, 4, 5, 6] && splice!(a, 1:2) == [1, 3] && a == [4, 5, 6] && splice!(a, 2, [10, 11]) === 5 && a == [4, 10, 11, 6] && splice!(a, 2:3, 7) == [10, 11] && a == [4, 7, 6] && splice!(a, 2:1, [0, 0]) == [] && a == [4, 0, 0, 7, 6] && splice!(a, 1, ()) === 4 && a == [0, 0, 7, 6]
    @test message(() -> pop!(Int[])) == "ArgumentError: array must be non-empty" && message(() -> popfirst!(Int[])) == "ArgumentError: array must be non-empty" && message(() -> deleteat!([1, 2], 3)) == "BoundsError: attempt to access 2-element Vector{Int64} at index [3]" && message(() -> deleteat!([1, 2, 3], [2, 1])) == "ArgumentError: indices must be unique and sorted" && message(() -> resize!([1], -1)) == "ArgumentError: new length must be ≥ 0"
    @test filter(isodd, 1:5) == [1, 3, 5] && filter!(iseven, collect(1:6)) == [2, 4, 6] && filter(x -> x > 1, [1.5, 0.5]) == [1.5] && filter(!isempty, ["a", ""]) == ["a"] && filter(x -> false, [1]) == Int[] && eltype(filter(isodd, Any[1])) === Any && filter(isodd, [1 2; 3 4]) == [1, 3] && filter(isodd)([1, 2, 3]) == [1, 3] && filter(isodd, (1, 2, 3)) === (1, 3)
    q = [1]
    for i in 2:50
        push!(q, i); isodd(i) && popfirst!(q)
    end
    @test length(q) == 26 && q == 25:50 && popfirst!(q) == 25 && pop!(q) == 50
end
@testset "copying and comparing" begin
    a = [1, [2, 3]]
    b = copy(a); c = deepcopy(a)
    push!(a[2], 4)
    @test b[2] === a[2] && c[2] == [2, 3] && copy!([0], [1, 2, 3]) == [1, 2, 3] && copyto!([0, 0, 0], [1, 2]) == [1, 2, 0] && copyto!(zeros(Int, 4), 2, [7, 8, 9], 2, 2) == [0, 8, 9, 0] && copyto!(zeros(2), 1:2) == [1.0, 2.0] && copyto!([1, 2, 3, 4], 2, [1, 2, 3, 4], 1, 3) == [1, 1, 2, 3]
    @test [1, 2] == [1.0, 2.0] && [1, 2] != [1, 2, 3] && [1, 2] == 1:2 && !([1, 2] === [1, 2]) && [1, NaN] != [1, NaN] && isequal([1, NaN], [1, NaN]) && [[1], [2]] == [[1], [2]] && [1, 2] < [1, 3] && [1] < [1, 0] && isless([1, 2], [2]) && cmp([1, 2], [1, 3]) == -1 && [1, 2] != (1, 2) && ["a"] == SubString{String}["a"] && isless([], [1]) && ([1, missing] == [1, missing]) === missing && hash([1, 2]) == hash(1:2) == hash([1.0, 2.0])
    x = [1, 2, 3]
    y = x
    y[1] = 100
    @test x[1] == 100 && x === y && copy(x) !== x && x == copy(x) && fill!(x, 0) === x && x == [0, 0, 0] && message(() -> copyto!([1], [1, 2])) isa String
    @test_throws BoundsError copyto!([1], [1, 2])
    @test_throws DimensionMismatch [1, 2] + [1, 2, 3]
    @test_throws DimensionMismatch [1, 2] .+ [1, 2, 3]
    @test message(() -> [1, 2] + [1, 2, 3]) == "DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2),), b has dims (Base.OneTo(3),), mismatch at 1"
    @test message(() -> [1, 2] .+ [1, 2, 3]) == "DimensionMismatch: arrays could not be broadcast to a common size: a has axes Base.OneTo(2) and b has axes Base.OneTo(3)"
    @test [1, 2] + [3, 4] == [4, 6] && [1, 2] - [3, 4] == [-2, -2] && 2 * [1, 2] == [2, 4] && [1, 2] * 2.5 == [2.5, 5.0] && [1, 2] / 2 == [0.5, 1.0] && -[1, 2] == [-1, -2] && [1, 2] .* [3, 4] == [3, 8] && [1, 2] .^ 2 == [1, 4] && 2 .^ [1, 2] == [2, 4] && ([1, 2] .== [1, 3]) == [true, false] && sqrt.([1, 4]) == [1, 2] && string.([1, 2], "a") == ["1a", "2a"] && 2 \ [2, 4] == [1.0, 2.0]
end
@testset "rearranging" begin
    @test reverse([1, 2, 3]) == [3, 2, 1] && reverse!([1, 2, 3]) == [3, 2, 1] && reverse([1, 2, 3, 4], 2) == [1, 4, 3, 2] && reverse([1, 2, 3, 4], 2, 3) == [1, 3, 2, 4] && reverse!([1, 2, 3, 4], 1, 2) == [2, 1, 3, 4] && reverse(Int[]) == [] && circshift([1, 2, 3, 4], 1) == [4, 1, 2, 3] && circshift([1, 2, 3, 4], -1) == [2, 3, 4, 1] && circshift(1:3, 5) == [2, 3, 1] && circshift(Int[], 2) == [] && circshift!([1, 2, 3], 1) == [3, 1, 2] && repeat([1, 2], 2) == [1, 2, 1, 2] && repeat([1, 2], inner=2) == [1, 1, 2, 2] && repeat([1, 2], inner=2, outer=2) == [1, 1, 2, 2, 1, 1, 2, 2] && repeat([1 2], 2) == [1 2; 1 2] && repeat([1, 2], 1, 2) == [1 1; 2 2] && repeat(1:2, 2) == [1, 2, 1, 2] && repeat([1], 0) == []
    @test unique([1, 2, 1, 3]) == [1, 2, 3] && unique!([1, 1, 2]) == [1, 2] && unique(x -> x % 2, 1:5) == [1, 2] && unique("hello") == ['h', 'e', 'l', 'o'] && allunique([1, 2, 3]) && !allunique([1, 1]) && allequal([1, 1]) && !allequal([1, 2]) && allequal([]) && unique([1, 1.0, 2]) == [1, 2] && unique([]) == [] && unique((1, 1, 2)) == [1, 2] && unique!([3, 1, 3]) == [3, 1] && unique!(isodd, [1, 2, 3, 4]) == [1, 2] && allunique(abs, [1, -1]) == false && allequal(abs, [1, -1]) && unique([NaN, NaN]) |> length == 1 && unique([[1], [1]]) == [[1]]
    @test permutedims([1, 2, 3]) == [1 2 3] && [1, 2]' == [1 2] && transpose([1, 2]) == [1 2] && [1, 2]' * [3, 4] == 11 && [1, 2] * [3, 4]' == [3 4; 6 8] && reshape(1:4, 2, 2) == [1 3; 2 4] && vec([1 2; 3 4]) == [1, 3, 2, 4] && reshape([1, 2, 3, 4], :, 2) == [1 3; 2 4] && reshape([1, 2, 3, 4], (2, 2))[2, 1] == 2 && diff([1, 4, 9]) == [3, 5] && diff([1]) == [] && diff(1:3) == [1, 1] && union([1, 2], [2, 3]) == [1, 2, 3] && intersect([1, 2, 3], [2, 3, 4]) == [2, 3] && setdiff([1, 2, 3], [2]) == [1, 3] && symdiff([1, 2], [2, 3]) == [1, 3] && [1, 2] ∪ [3] == [1, 2, 3] && [1, 2] ∩ [2] == [2] && [1] ⊆ [1, 2] && issubset([1, 1], [1]) && union!([1], [2]) == [1, 2] && !isdisjoint([1, 2], [2]) && [1, 2] ⊊ [1, 2, 3] && issetequal([1, 2, 2], [2, 1])
    @test swapped([1, 2]) == [2, 1]
end
