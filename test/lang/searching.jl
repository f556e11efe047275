# Finding and replacing in arrays, sets of values, mapping and broadcasting over collections.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

@testset "find" begin
    a = [5, 2, 8, 2]
    @test findfirst(==(2), a) === 2 && findlast(==(2), a) === 4 && findnext(==(2), a, 3) === 4 && findprev(==(2), a, 3) === 2 && findall(==(2), a) == [2, 4] && findfirst(==(9), a) === nothing && findfirst([false, true]) === 2 && findall([true, false, true]) == [1, 3] && findlast([true, true]) === 2 && findall(isodd, a) == [1] && findfirst(x -> x > 5, a) === 3 && findnext(isodd, a, 2) === nothing && findprev(isodd, a, 4) === 1 && findall(x -> x > 100, a) == Int[] && findnext(==(5), a, 1) === 1 && findnext(==(5), a, 5) === nothing && findall(a .> 2) == [1, 3] && findfirst(Bool[]) === nothing && indexin([8, 7], a) == [3, nothing] && findfirst(isequal(8), a) === 3 && findall(in([5, 8]), a) == [1, 3] && eltype(findall(isodd, a)) === Int
    @test findfirst(==('b'), ['a', 'b']) === 2 && findfirst(isequal("x"), ["x"]) === 1 && findfirst(==(3), (1, 3)) === 2 && findfirst(>(1), Dict(:a => 1, :b => 2)) === :b && findall(>(1), Dict(:a => 1, :b => 2)) == [:b] && findall(iseven, (1, 2, 4)) == [2, 3] && findfirst(iseven, 3:6) === 2 && findall(==(1), [1 2; 1 3]) == [CartesianIndex(1, 1), CartesianIndex(2, 1)] && findfirst(==(3), [1 2; 1 3]) == CartesianIndex(2, 2) && findlast(==(1), [1 2; 1 3]) == CartesianIndex(2, 1) && findall([true false; true true]) == [CartesianIndex(1, 1), CartesianIndex(2, 1), CartesianIndex(2, 2)] && findfirst(x -> x == 2, (a=1, b=2)) === :b && findfirst(==(1), Int[]) === nothing && findmax([3, 7, 7]) === (7, 2) && findlast(isodd, (1, 3, 4)) === 2
    @test 2 in [1, 2] && !(3 in [1, 2]) && 3 ∉ [1, 2] && [1, 2] ∋ 2 && 2.0 in [1, 2] && 'a' in "abc" && "a" in ["a"] && (1 => 2) in Dict(1 => 2) && in([1, 2])(2) && in.([1, 5], Ref([1, 2])) == [true, false] && (missing in [missing]) === missing && NaN ∉ [NaN] && 2 in 1:3 && 2.5 ∉ 1:3 && (1, 2) in [(1, 2)] && nothing in [nothing, 1] && 1 in (1, 2) && [1] in [[1]] && 3 in Set(1:5) && :a in (:a, :b) && contains("abc", "b") && any(in("xyz"), "cry")
end
@testset "replace" begin
    @test replace([1, 2, 1], 1 => 9) == [9, 2, 9] && replace([1, 2, 1], 1 => 9; count=1) == [9, 2, 1] && replace([1, 2, 3], 1 => 2, 2 => 3) == [2, 3, 3] && replace(x -> x > 1 ? 0 : x, [1, 2, 3]) == [1, 0, 0] && replace!([1, 2], 1 => 5) == [5, 2] && replace!(x -> 2x, [1, 2]) == [2, 4] && replace(isodd, [1, 2]) == [true, false] && replace(Set([1, 2]), 1 => 3) == Set([2, 3]) && replace([1, missing], missing => 0) == [1, 0] && replace((1, 2), 1 => 3) === (3, 2) && replace([1.0, NaN], NaN => 0.0) == [1.0, 0.0] && replace(["a", "b"], "a" => "z") == ["z", "b"] && replace([1, nothing], nothing => 0) == [1, 0] && replace([1, 2], 1 => "a") == ["a", 2] && replace!([1, 1, 1], 1 => 0; count=2) == [0, 0, 1] && replace(p -> p, Dict(1 => 2)) == Dict(1 => 2) && replace([1 2; 3 1], 1 => 0) == [0 2; 3 0] && replace([1, 2], 3 => 4) == [1, 2]
end
@testset "map and broadcast" begin
    @test map(x -> x^2, [1, 2]) == [1, 4] && map(+, [1, 2], [3, 4]) == [4, 6] && map(+, 1:3, (1, 2, 3)) == [2, 4, 6] && map(uppercase, "añ") == "AÑ" && map(x -> 2x, (1, 2)) === (2, 4) && map((x, y, z) -> x + y + z, [1], [2], [3]) == [6] && map(first, [(1, 2), (3, 4)]) == [1, 3] && map(string, 1:2) == ["1", "2"] && map(x -> x, []) == [] && eltype(map(x -> x / 2, Int[])) === Float64 && map(+, [1, 2, 3], [1, 2]) == [2, 4] && map(f -> f(4), [sqrt, abs2]) == [2.0, 16] && map(Int, [1.0, 2.0]) == [1, 2] && map(((a, b),) -> a + b, [(1, 2)]) == [3] && map(x -> x > 1 ? "a" : x, [1, 2]) == [1, "a"] && map(!, [true]) == [false] && map(p -> p.first, collect(Dict(1 => 2))) == [1] && map(x -> (x, 1), 1:2) == [(1, 1), (2, 1)] && map(sum, eachcol([1 2; 3 4])) == [4, 6]
    @test map!(x -> 2x, [0, 0], [1, 2]) == [2, 4] && (v = [1, 2]; map!(abs2, v, v) === v && v == [1, 4]) && map!(+, zeros(Int, 2), [1, 2], [3, 4]) == [4, 6] && (s = 0; foreach(x -> s += x, 1:3); s == 6) && (s = 0; foreach((x, y) -> s += x * y, [1, 2], [3, 4]); s == 11) && foreach(identity, []) === nothing && map(x -> x + 1, (a=1, b=2)) == (a=2, b=3) && map(identity, Dict(1 => 2) |> keys |> collect) == [1]
    f(x, y=1) = x + y
    @test f.([1, 2]) == [2, 3] && f.([1, 2], [10, 20]) == [11, 22] && [1, 2] .+ (1, 2) == [2, 4] && (1, 2) .+ 1 === (2, 3) && (1:3) .* 2 == [2, 4, 6] && string.("a", ["b", "c"]) == ["ab", "ac"] && sum.([[1, 2], [3]]) == [3, 3] && length.(["a", "bc"]) == [1, 2] && [1, 2] .|> string == ["1", "2"] && (@. 2 * [1, 2] + 1) == [3, 5] && (x = [1, 2]; x .*= 3; x == [3, 6]) && (x = [1, 2]; x .= x .+ 1; x == [2, 3]) && max.([1, 5], 3) == [3, 5] && (x -> x^2).([1, 2]) == [1, 4] && [1, 2, 3] .% 2 == [1, 0, 1] && ([1, 2, 3] .> 1) .& ([1, 2, 3] .< 3) == [false, true, false] && .!([true, false]) == [false, true] && -[1, 2] == .-[1, 2] && [[1, 2], [3]] .|> length == [2, 1] && "a" .* ["b"] == ["ab"] && parse.(Int, split("1 2 3")) == [1, 2, 3] && isnothing.([1, nothing]) == [false, true] && (1 .+ 2) === 3 && broadcast(+, [1, 2], 1) == [2, 3] && broadcast(+, 1, 2) === 3 && ([1, 2] .== [1, 2]) isa BitVector && typeof.((1, "a")) === (Int, String) && tuple.([1, 2], ['a', 'b']) == [(1, 'a'), (2, 'b')] && ((1:2) .=> ["a", "b"]) == [1 => "a", 2 => "b"]
end
