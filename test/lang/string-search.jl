# Finding, splitting, replacing, stripping, padding, escaping.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "find" begin
    @test findfirst('l', "hello") == 3 && findfirst('z', "hello") === nothing && findlast('l', "hello") == 4
    @test findnext('l', "hello", 4) == 4 && findprev('l', "hello", 3) == 3 && findnext('l', "hello", 5) === nothing
    @test findfirst("ll", "hello") == 3:4 && findfirst("z", "hello") === nothing && findlast("l", "hello") == 4:4
    @test findfirst(isdigit, "ab1") == 3 && findlast(isletter, "ab1") == 2 && findfirst(==('b'), "ab1") == 2
    @test findnext("a", "banana", 3) == 4:4 && findprev("an", "banana", 4) == 2:3
    @test findall("an", "banana") == [2:3, 4:5] && findall("ana", "banana") == [2:4] && findall("ana", "banana"; overlap=true) == [2:4, 4:6]
    @test findall('a', "banana") == [2, 4, 6] && findall(==('a'), "banana") == [2, 4, 6]
    @test findfirst("β", "αβγ") == 3:3 && findfirst('γ', "αβγ") == 5
    @test findfirst("", "abc") == 1:0 && count("a", "banana") == 3
    @test occursin("ell", "hello") && !occursin("x", "hello") && occursin('h', "hello") && contains("hello", "lo") && occursin("", "a")
    @test startswith("hello", "he") && startswith("hello", 'h') && startswith("hello", ('x', 'h')) && !startswith("he", "hello")
    @test endswith("hello", "lo") && endswith("hello", 'o') && !endswith("hello", "l")
    @test filter(startswith("a"), ["ab", "b"]) == ["ab"] && filter(endswith("b"), ["ab", "a"]) == ["ab"] && filter(contains("x"), ["ax", "b"]) == ["ax"]
    @test_throws ErrorException "a" in "abc"
end
@testset "split" begin
    @test split("a b  c") == ["a", "b", "c"] && split(" a b ") == ["a", "b"] && split("") == []
    @test split("a,b,,c", ",") == ["a", "b", "", "c"] && split("a,b,,c", ','; keepempty=false) == ["a", "b", "c"]
    @test split("a,b,c", ","; limit=2) == ["a", "b,c"] && split("a--b--c", "--") == ["a", "b", "c"]
    @test split("a1b2c", isdigit) == ["a", "b", "c"] && split("a-b_c", ['-', '_']) == ["a", "b", "c"] && split("a-b_c", ('-', '_')) == ["a", "b", "c"]
    @test split("abc", "") == ["a", "b", "c"] && split("αβ", "") == ["α", "β"]
    @test split("", ",") == [""] && split(",", ",") == ["", ""] && split("a,", ",") == ["a", ""]
    @test typeof(split("a b")) == Vector{SubString{String}}
    @test rsplit("a,b,c", ","; limit=2) == ["a,b", "c"] && rsplit("a b c") == ["a", "b", "c"] && rsplit("a,b,c", ',') == ["a", "b", "c"]
    @test collect(eachsplit("a b c")) == ["a", "b", "c"] && collect(eachsplit("a:b", ':')) == ["a", "b"]
    @test map(s -> parse(Int, s), split("1 2 3")) == [1, 2, 3] && parse.(Int, split("4,5", ",")) == [4, 5]
    @test split("a.b.c", ".")[end] == "c" && first(split("k=v", "=")) == "k"
    k, v = split("key=value", '=')
    @test k == "key" && v == "value"
    @test split("line1\nline2\n\nline4", "\n\n") == ["line1\nline2", "line4"]
end
@testset "replace" begin
    @test replace("banana", "a" => "o") == "bonono" && replace("banana", 'a' => 'o') == "bonono" && replace("banana", "a" => "") == "bnn"
    @test replace("banana", "a" => "o"; count=2) == "bonona" && replace("banana", "an" => "AN") == "bANANa" && replace("abc", "x" => "y") == "abc"
    @test replace("abc", 'a' => 'b', 'b' => 'c') == "bcc" && replace("aabb", "a" => "b", "b" => "a") == "bbaa"
    @test replace("a1b2", isdigit => "") == "ab" && replace("abc", ['a', 'c'] => "-") == "-b-" && replace("abc", "b" => uppercase) == "aBc"
    @test replace("abc", isletter => uppercase) == "ABC" && replace("abc", "" => "-") == "-a-b-c-" && replace("a,b", "," => " => ") == "a => b"
    @test replace("αβα", "α" => "a") == "aβa" && replace("", "a" => "b") == "" && replace("aaa", "aa" => "b") == "ba"
end
@testset "strip" begin
    @test strip("  a b \n") == "a b" && lstrip("  a ") == "a " && rstrip(" a  ") == " a" && strip("") == "" && strip("   ") == ""
    @test strip("xxaxx", 'x') == "a" && strip("xyaxy", ['x', 'y']) == "a" && rstrip("a\n", '\n') == "a" && lstrip(isdigit, "12a") == "a"
    @test chop("hello") == "hell" && chop("hello"; head=1, tail=2) == "el" && chop("αβγ") == "αβ" && chop("") == "" && chop("ab"; tail=5) == ""
    @test chomp("a\n") == "a" && chomp("a\r\n") == "a" && chomp("a") == "a" && chomp("a\n\n") == "a\n"
    @test chopprefix("hello", "he") == "llo" && chopsuffix("hello", "lo") == "hel" && chopprefix("a", "b") == "a"
end
@testset "pad" begin
    @test lpad("a", 3) == "  a" && rpad("a", 3) == "a  " && lpad(7, 3, '0') == "007" && lpad("abc", 2) == "abc" && rpad("a", 4, "xy") == "axyx"
    @test lpad("é", 3) == "  é" && rpad(12, 4) * "|" == "12  |" && textwidth("aé中") == 4
end
@testset "escapes" begin
    @test escape_string("a\nb\t\"\\") == "a\\nb\\t\\\"\\\\" && escape_string("q\"", "\"") == "q\\\"" && unescape_string("a\\nb\\u00e9\\x41\\101") == "a\nbéAA"
    @test repr("a\"b\$c\n") == "\"a\\\"b\\\$c\\n\"" && repr("\e\0") == "\"\\e\\0\"" && raw"a\n" == "a\\n"
    @test bytes2hex([0x01, 0xab]) == "01ab" && hex2bytes("01AB") == [0x01, 0xab] && b"ab" == [0x61, 0x62]
    @test_throws ArgumentError hex2bytes("abc")
    @test_throws ArgumentError unescape_string("\\q")
end
