# The small standard libraries, loaded on first `using`: Statistics, Base64, Unicode, DelimitedFiles, InteractiveUtils.
# warm: when edited, methodswith and varinfo look at all that the program defines
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test, Statistics, Base64, Unicode, DelimitedFiles, InteractiveUtils

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

@testset "Statistics" begin
    @test mean([1, 2, 3, 4]) === 2.5 && mean(abs, [-1, 1]) === 1.0 && mean(x for x in 1:3) === 2.0 && mean(Float32[1, 2]) === 1.5f0 && isnan(mean(Int[]))
    @test mean([1 2; 3 4]; dims=1) == [2.0 3.0] && mean([[1, 2], [3, 4]]) == [2.0, 3.0] && mean(skipmissing([1, missing, 3])) === 2.0 && mean(1:4) === 2.5
    @test median([3, 1, 2]) === 2.0 && median([1, 2, 3, 4]) === 2.5 && isnan(median([1.0, NaN])) && median([1, missing]) === missing && median([1 2; 3 4]; dims=2) == [1.5; 3.5;;]
    @test message(() -> median(Int[])) == "ArgumentError: median of an empty array is undefined, Int64[]"
    @test std([1, 2, 3, 4]) === 1.2909944487358056 && var([1, 2, 3, 4]) ≈ 5 / 3 && var([1, 2]; corrected=false) === 0.25 && var([1 2; 3 4]; dims=2) == [0.5; 0.5;;] && isnan(std([1]))
    @test middle(1, 2) === 1.5 && middle(1:10) === 5.5 && middle([3, 9, 5]) === 6.0
    @test quantile([1, 2, 3, 4, 5], 0.3) ≈ 2.2 && quantile(1:10, [0.25, 0.5]) == [3.25, 5.5] && quantile([1.0], 0.4) === 1.0
    @test_throws ArgumentError quantile([1, 2], 1.5)
    @test cor([1, 2, 3], [2, 4, 6]) === 1.0 && cor([1, 2, 3], [2, 4, 7]) ≈ 0.9933992677987828 && cov([1, 2, 3], [2, 4, 7]) === 2.5 && cov([1 2; 3 5]) == [2.0 3.0; 3.0 4.5]
    @test cor([1 2; 3 5; 4 1])[1, 2] ≈ -0.05241424183609593
    v = [3, 1, 2]
    @test median(v) === 2.0 && v == [3, 1, 2] && median!(v) === 2.0 && v == [1, 2, 3]
end
@testset "Base64" begin
    @test base64encode("Hello!") == "SGVsbG8h" && base64encode("a") == "YQ==" && base64encode(UInt8[1, 2]) == "AQI=" && base64encode("") == ""
    @test all(n -> base64decode(base64encode(UInt8.(1:n))) == 1:n, 0:20) && String(base64decode("SGVs\nbG8h")) == "Hello!"
    @test base64encode(io -> print(io, "a", 'b')) == "YWI="
    @test_throws ArgumentError base64decode("a*==")
    io = IOBuffer()
    pipe = Base64EncodePipe(io)
    write(pipe, "abc")
    print(pipe, 'd')
    close(pipe)
    @test String(take!(io)) == "YWJjZA==" && read(Base64DecodePipe(IOBuffer("YWJjZA==")), String) == "abcd"
end
@testset "Unicode" begin
    @test Unicode.normalize("é", :NFD) == "e\u301" && Unicode.normalize("e\u301") == "é" && Unicode.normalize("ﬁ", :NFKC) == "fi" && Unicode.normalize("Ä"; casefold=true) == "ä"
    @test Unicode.normalize("éà"; stripmark=true) == "ea" && collect(graphemes("ae\u301🇩🇪x")) == ["a", "e\u301", "🇩🇪", "x"] && length(graphemes("e\u301")) == 1
    @test isequal_normalized("é", "e\u301") && !isequal_normalized("a", "b") && isequal_normalized("Ä", "a"; casefold=true, stripmark=true)
    @test_throws ArgumentError Unicode.normalize("a", :NFX)
    @test_throws ArgumentError Unicode.normalize("\xff")
end
@testset "DelimitedFiles" begin
    @test readdlm(IOBuffer("1 2\n3  4\n")) == [1.0 2.0; 3.0 4.0] && eltype(readdlm(IOBuffer("1 2"))) === Float64 && readdlm(IOBuffer("1,2\n3,4"), ',', Int) == [1 2; 3 4]
    @test isequal(readdlm(IOBuffer("a,1\nb,2.5,true"), ','), Any["a" 1 ""; "b" 2.5 true]) && readdlm(IOBuffer("\"x,\"\"y\"\"\",2"), ',')[1] == "x,\"y\""
    @test readdlm(IOBuffer("x,y\n1,2"), ','; header=true) == ([1.0 2.0], ["x" "y"]) && readdlm(IOBuffer("# no\n1 2 # two\n"); comments=true) == [1.0 2.0]
    @test readdlm(IOBuffer("skip\n1\t2\r\n"), '\t'; skipstart=1) == [1.0 2.0] && readdlm(IOBuffer("a b"), String) == ["a" "b"]
    @test sprint(writedlm, [1 2; 3 4]) == "1\t2\n3\t4\n" && sprint(io -> writedlm(io, ["a,\"b" 1.5], ',')) == "\"a,\"\"b\",1.5\n" && sprint(writedlm, [1, 2]) == "1\n2\n"
    path = tempname()
    writedlm(path, [1 2.5; 3 4])
    @test readdlm(path) == [1 2.5; 3 4]
    rm(path)
end
abstract type Animal end
struct Lion <: Animal end
struct Caged{T} <: Animal end
abstract type Bird <: Animal end
struct Wren <: Bird end
roar(::Lion, n) = n
@testset "InteractiveUtils" begin
    @test subtypes(Animal) == [Bird, Caged, Lion] && subtypes(Lion) == [] && subtypes(Integer) == [Bool, Signed, Unsigned] && supertypes(Wren) == (Wren, Bird, Animal, Any)
    @test length(methodswith(Lion)) == 1 && methodswith(Lion)[1].name === :roar && (@which roar(Lion(), 1)) === methodswith(Lion)[1]
    @test startswith(sprint(versioninfo), "Julia Version $VERSION") && occursin("Lion", string(varinfo(@__MODULE__)))
end
