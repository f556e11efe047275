# @printf and @sprintf.
# RUN: %lig %s
using Test, Printf

@testset "formats" begin
    @test @sprintf("%d", 42) == "42" && @sprintf("%5d|%-5d|%05d", 42, 42, 42) == "   42|42   |00042" && @sprintf("%+d % d", 3, 3) == "+3  3" && @sprintf("%d", -7) == "-7"
    @test @sprintf("%.2f", 3.14159) == "3.14" && @sprintf("%8.3f|", 2.5) == "   2.500|" && @sprintf("%-8.1f|", 2.5) == "2.5     |" && @sprintf("%08.2f", -1.5) == "-0001.50" && @sprintf("%f", 1) == "1.000000"
    @test @sprintf("%e", 12345.678) == "1.234568e+04" && @sprintf("%.3g", 0.00012345) == "0.000123" && @sprintf("%g", 1e10) == "1e+10" && @sprintf("%.0f", 2.5) == "2"
    @test @sprintf("%x %X %o %#x", 255, 255, 8, 255) == "ff FF 10 0xff" && @sprintf("%c%c", 'a', 98) == "ab" && @sprintf("%s %10s|%-6s|", "x", "yy", :z) == "x         yy|z     |" && @sprintf("%.2s", "abc") == "ab"
    @test @sprintf("%%") == "%" && @sprintf("%s", [1, 2]) == "[1, 2]" && @sprintf("%*d", 5, 3) == "    3" && @sprintf("%.*f", 1, 2.25) == "2.2" && @sprintf("%f %f", Inf, NaN) == "Inf NaN" && @sprintf("%3d%%", 50) == " 50%"
    @test sprint(io -> @printf(io, "%d-%s\n", 1, "a")) == "1-a\n" && Printf.format(Printf.Format("%d"), 3) == "3"
    @test_throws ArgumentError @sprintf("%d %d", 1)
end
