# Frames of a caught exception, innermost first, and methods with the most specific first.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
inner() = error("inside")
outer() = inner() + 1
area(x) = 1
area(x::Int) = 2
area(x::Integer) = 3
area(x::String) = 4
@testset "backtraces" begin
    bt = try
        outer()
    catch
        catch_backtrace()
    end
    @test !isempty(bt) && length(bt) == length(collect(bt)) >= 3
    @test [frame.func for frame in bt][1:3] == [:error, :inner, :outer]
    @test bt[2] == stacktrace(bt)[2] == collect(bt)[2] && bt[end] isa eltype(bt)
end
@testset "methods" begin
    @test [m.sig.parameters[2] for m in methods(area)] == [Int, Integer, String, Any]
end
@testset "bytes for C" begin
    @test ccall(:strlen, Csize_t, (Ptr{UInt8},), b"bytes") == 5
    @test @ccall(memcmp(b"ab"::Ptr{Cvoid}, codeunits("ac")::Ptr{Cvoid}, 2::Csize_t)::Cint) < 0
end
