# IOBuffer, IOContext, files, paths, the environment.
# determinism: line numbers are data, it tests its own file name
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "IOBuffer" begin
    io = IOBuffer()
    @test write(io, "héllo") == 6 && print(io, 1, 'x', 2.5) === nothing && String(take!(io)) == "héllo1x2.5" && String(take!(io)) == ""
    println(io, "a", 1)
    println(io)
    @test String(take!(io)) == "a1\n\n"
    io = IOBuffer("line1\nline2\r\nlast")
    @test readline(io) == "line1" && !eof(io) && readline(io; keep=true) == "line2\r\n" && readline(io) == "last" && eof(io) && readline(io) == ""
    @test readlines(IOBuffer("a\nb\n")) == ["a", "b"] && collect(eachline(IOBuffer("x\ny"))) == ["x", "y"] && read(IOBuffer("abc"), String) == "abc"
    io = IOBuffer("abc")
    @test read(io, Char) == 'a' && peek(io) == 0x62 && position(io) == 1 && read(io, UInt8) == 0x62 && seek(io, 0) === io && read(io) == [0x61, 0x62, 0x63] && eof(io)
    @test_throws EOFError read(io, UInt8)
    io = IOBuffer()
    write(io, Int32(1), 0x02, 3.0)
    seekstart(io)
    @test read(io, Int32) == 1 && read(io, UInt8) == 2 && read(io, Float64) == 3.0 && readuntil(IOBuffer("a,b"), ',') == "a" && readuntil(IOBuffer("a--b"), "--"; keep=true) == "a--"
    @test read(IOBuffer("aé"), Char) == 'a' && [c for c in readeach(IOBuffer("aé"), Char)] == ['a', 'é'] && read(IOBuffer("abcdef"), 3) == [0x61, 0x62, 0x63]
    @test sprint(print, "a", 1) == "a1" && sprint(io -> print(io, "q")) == "q" && sprint(show, "q") == "\"q\"" && sprint(println, 5) == "5\n"
end
@testset "IOContext" begin
    io = IOContext(IOBuffer(), :compact => true, :limit => false)
    @test get(io, :compact, false) && !get(io, :limit, true) && get(io, :color, 7) == 7 && haskey(io, :compact) && io[:compact] && get(IOBuffer(), :x, 1) == 1
    @test displaysize(IOContext(IOBuffer(), :displaysize => (10, 20))) == (10, 20) && sprint(show, 1.23456789; context=:compact => true) == "1.23457"
end
@testset "files" begin
    mktempdir() do dir
        path = joinpath(dir, "a.txt")
        @test write(path, "one\ntwo\n") == 8 && isfile(path) && !isdir(path) && isdir(dir) && ispath(path) && filesize(path) == 8
        @test read(path, String) == "one\ntwo\n" && readlines(path) == ["one", "two"] && collect(eachline(path)) == ["one", "two"] && readline(path) == "one"
        open(path, "a") do io
            println(io, "three")
        end
        @test open(readlines, path) == ["one", "two", "three"] && open(io -> read(io, String), path) == "one\ntwo\nthree\n" && countlines(path) == 3
        io = open(path)
        @test readline(io) == "one" && position(io) == 4 && isopen(io) && !eof(io) && (seek(io, 8); readline(io)) == "three" && eof(io)
        close(io)
        @test !isopen(io) && readdir(dir) == ["a.txt"] && readdir(dir; join=true) == [path]
        mkdir(joinpath(dir, "sub"))
        mkpath(joinpath(dir, "p", "q"))
        @test isdir(joinpath(dir, "p", "q")) && sort(readdir(dir)) == ["a.txt", "p", "sub"]
        mv(path, joinpath(dir, "b.txt"))
        cp(joinpath(dir, "b.txt"), joinpath(dir, "c.txt"))
        @test !ispath(path) && read(joinpath(dir, "c.txt"), String) == read(joinpath(dir, "b.txt"), String)
        rm(joinpath(dir, "c.txt"))
        @test !isfile(joinpath(dir, "c.txt"))
        @test_throws SystemError open(joinpath(dir, "none"))
        @test_throws "No such file or directory" read(joinpath(dir, "none"), String)
        open(joinpath(dir, "bin"), "w") do f
            write(f, UInt8[1, 2, 3])
        end
        @test read(joinpath(dir, "bin")) == [0x01, 0x02, 0x03]
        cd(dir) do
            @test isfile("b.txt") && basename(pwd()) == basename(dir)
        end
    end
end
@testset "paths" begin
    @test joinpath("a", "b", "c") == "a/b/c" && joinpath("a/", "b") == "a/b" && joinpath("a", "/b") == "/b" && joinpath("a") == "a"
    @test dirname("/a/b.txt") == "/a" && basename("/a/b.txt") == "b.txt" && splitext("a/b.tar.gz") == ("a/b.tar", ".gz") && splitext(".bashrc") == (".bashrc", "") && splitdir("/a/b") == ("/a", "b")
    @test isabspath("/a") && !isabspath("a") && normpath("/a/./b/../c") == "/a/c" && abspath("/a/../b") == "/b" && splitpath("/a/b") == ["/", "a", "b"] && dirname("a") == "" && basename("a/") == ""
    @test @__DIR__() == dirname(abspath(@__FILE__)) && basename(@__FILE__) == "streams.jl" && @__LINE__() == 67
end
@testset "environment" begin
    ENV["LIG_TEST_VARIABLE"] = "x y"
    @test ENV["LIG_TEST_VARIABLE"] == "x y" && haskey(ENV, "LIG_TEST_VARIABLE") && get(ENV, "LIG_NO_SUCH", "d") == "d"
    delete!(ENV, "LIG_TEST_VARIABLE")
    @test !haskey(ENV, "LIG_TEST_VARIABLE")
    @test_throws KeyError ENV["LIG_TEST_VARIABLE"]
    @test withenv(() -> ENV["LIG_W"], "LIG_W" => "1") == "1" && !haskey(ENV, "LIG_W")
    @test getpid() > 0 && time() > 1.0e9 && time_ns() <= time_ns() && ARGS isa Vector{String}
end
