# Strings: bytes and characters, indices, slices, comparison, concatenation, building.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "length and bytes" begin
    @test length("") == 0 && length("abc") == 3 && length("αβγ") == 3 && length("a😀") == 2
    @test ncodeunits("αβγ") == 6 && sizeof("a😀") == 5
    @test codeunit("abc", 1) == 0x61
    @test collect(codeunits("aé")) == [0x61, 0xc3, 0xa9]
    @test codeunits("abc")[2] == 0x62
    @test isempty("") && !isempty("a")
    @test String([0x68, 0x69]) == "hi"
    @test Vector{UInt8}("hi") == [0x68, 0x69]
    @test String(['a', 'β']) == "aβ"
end
@testset "indices" begin
    s = "aβγd"
    @test s[1] == 'a' && s[2] == 'β' && s[4] == 'γ' && s[6] == 'd' && s[end] == 'd'
    @test_throws StringIndexError s[3]
    @test_throws BoundsError s[7]
    @test_throws BoundsError s[0]
    @test firstindex(s) == 1 && lastindex(s) == 6 && lastindex("aβ") == 2
    @test nextind(s, 1) == 2 && nextind(s, 2) == 4 && nextind(s, 0) == 1 && nextind(s, 3) == 4
    @test prevind(s, 4) == 2 && prevind(s, 2) == 1 && prevind(s, 7) == 6 && prevind(s, 1) == 0
    @test nextind(s, 1, 2) == 4 && prevind(s, 6, 2) == 2
    @test thisind(s, 3) == 2 && thisind(s, 0) == 0 && thisind(s, 7) == 7
    @test isvalid(s, 2) && !isvalid(s, 3) && !isvalid(s, 0) && !isvalid(s, 7)
    @test collect(eachindex(s)) == [1, 2, 4, 6]
    @test s[1:2] == "aβ" && s[2:4] == "βγ" && s[3:2] == "" && s[2:end] == "βγd" && s[:] == s
    @test_throws StringIndexError s[1:3]
    @test_throws BoundsError s[1:8]
    @test first(s) == 'a' && last(s) == 'd' && first(s, 2) == "aβ" && last(s, 3) == "βγd" && first(s, 10) == s
    @test_throws ArgumentError first("")
    @test get("abc", 2, 'x') == 'b' && get("abc", 9, 'x') == 'x'
    @test collect(pairs("aβc")) == [1 => 'a', 2 => 'β', 4 => 'c']
    @test collect(enumerate("ab")) == [(1, 'a'), (2, 'b')]
end
@testset "iteration" begin
    @test collect("aβ") == ['a', 'β']
    @test [c for c in "xyz"] == ['x', 'y', 'z']
    @test String([c for c in "abc"]) == "abc"
    @test map(uppercase, "abc") == "ABC"
    @test filter(isdigit, "a1b2") == "12"
    @test count(isdigit, "a1b2") == 2 && count(==('a'), "banana") == 3
    @test any(isspace, "a b") && all(isletter, "ab")
    @test foldl(*, ["a", "b", "c"]) == "abc"
    @test reverse("aβc") == "cβa"
    @test join(reverse(collect("abc"))) == "cba"
    @test sum(c -> c - '0', "1234") == 10
    @test Set("hello") == Set(['h', 'e', 'l', 'o'])
    @test eltype("abc") == Char
end
@testset "malformed text" begin
    s = String([0x61, 0xff, 0x62, 0xe2, 0x82])
    @test length(s) == 4 && !isvalid(s) && isvalid("aβ")
    @test s[2] == '\xff'
    @test repr(s) == "\"a\\xffb\\xe2\\x82\""
    @test_throws Exception codepoint(s[2])
end
@testset "comparison" begin
    @test "abc" == "abc" && "abc" != "abd" && isequal("a", "a") && "abc" === "abc"
    @test "abc" < "abd" && "ab" < "abc" && "Z" < "a" && "z" < "é"
    @test cmp("a", "b") == -1 && cmp("b", "a") == 1 && cmp("a", "a") == 0
    @test SubString("xabc", 2, 4) == "abc" && isequal(SubString("xabc", 2), "abc")
    @test hash(SubString("xabc", 2, 4)) == hash("abc")
    @test sort(["b", "a", "C"]) == ["C", "a", "b"]
    @test isless("a", "b") && max("a", "b") == "b"
end
@testset "concatenation" begin
    @test "a" * "b" == "ab" && "a" * 'b' == "ab" && "a" * "b" * "c" * "d" == "abcd" && *("x", "y", 'z') == "xyz"
    @test "ab"^3 == "ababab" && "a"^0 == "" && repeat("ab", 2) == "abab" && repeat('-', 3) == "---"
    @test string(1, "a", 'b', 2.5, nothing, :x) == "1ab2.5nothingx"
    x, y = 3, "q"
    @test "x=$x y=$(y * "!") $(1 + 2)" == "x=3 y=q! 3"
    @test string() == "" && string("a") == "a"
    @test join([1, 2, 3], ", ") == "1, 2, 3" && join([1, 2, 3], ", ", " and ") == "1, 2 and 3" && join([]) == "" && join("abc", "-") == "a-b-c"
    @test join(["a"], ",", "+") == "a" && join((1, 'b', "c")) == "1bc"
    @test_throws ArgumentError repeat("a", -1)
    @test prod(["a", "b"]) == "ab"
end
@testset "views of strings" begin
    s = SubString("hello world", 7, 11)
    @test s == "world" && typeof(s) == SubString{String} && length(s) == 5
    @test s[1] == 'w' && s[2:3] == "or" && SubString(s, 2, 3) == "or" && parent(s) == "hello world"
    @test String(s) isa String && uppercase(s) == "WORLD" && s * "!" == "world!"
    @test @view("abc"[2:3]) == "bc"
    @test SubString("abc", 2, 1) == ""
    @test_throws BoundsError SubString("abc", 2, 9)
    @test startswith(s, "wo") && endswith(s, "ld") && occursin("rl", s)
end
@testset "case" begin
    @test uppercase("aβ1") == "AΒ1" && lowercase("ABÉ") == "abé" && uppercasefirst("abc") == "Abc" && lowercasefirst("ABC") == "aBC"
    @test titlecase("hello big world") == "Hello Big World" && titlecase("ISS - it's") == "Iss - It'S" && titlecase("aBC"; strict=false) == "ABC"
end
@testset "symbols" begin
    @test Symbol("a", 1) == :a1 && string(:abc) == "abc" && Symbol("x y") isa Symbol && String(:q) == "q"
    @test :a < :b && length(string(gensym())) > 0 && gensym("x") != gensym("x")
end
@testset "conversions" begin
    @test convert(String, SubString("abc", 1, 2)) == "ab" && String("x") == "x" && convert(AbstractString, "a") == "a"
    @test string.([1, 2]) == ["1", "2"] && [1, 2] .|> string == ["1", "2"]
    @test Vector{Char}("ab") == ['a', 'b']
    @test length.(["a", "bc"]) == [1, 2] && "a" .* ["x", "y"] == ["ax", "ay"]
    @test isascii("abc") && !isascii("é")
    @test typeof("a"[1:1]) == String
end
