# Numbers from text and text from numbers.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "integers" begin
    @test parse(Int, "42") === 42 && parse(Int, "-42") === -42 && parse(Int, "+7") === 7 && parse(Int, " 12 \n") === 12
    @test parse(Int, "ff", base=16) === 255 && parse(Int, "0xff") === 255 && parse(Int, "0b101") === 5 && parse(Int, "0o17") === 15 && parse(Int, "101"; base=2) === 5
    @test parse(UInt8, "255") === 0xff && parse(Int8, "-128") === Int8(-128) && parse(Int, '7') === 7 && parse(Int, 'f'; base=16) === 15
    @test parse(Int128, "170141183460469231731687303715884105727") == typemax(Int128)
    @test parse(Int, "-9223372036854775808") == typemin(Int)
    @test_throws OverflowError parse(Int8, "128")
    @test_throws OverflowError parse(Int, "9223372036854775808")
    @test_throws ArgumentError parse(Int, "12x")
    @test_throws ArgumentError parse(Int, "")
    @test_throws ArgumentError parse(Int, "1 2")
    @test_throws ArgumentError parse(Int, "2"; base=2)
    @test_throws "invalid base 10 digit 'x' in \"12x\"" parse(Int, "12x")
    @test_throws "input string is empty or only contains whitespace" parse(Int, " ")
    @test_throws "extra characters after whitespace in \"1 2\"" parse(Int, "1 2")
    @test tryparse(Int, "1x") === nothing && tryparse(Int, "12") === 12 && tryparse(Int8, "1000") === nothing && tryparse(Int, "") === nothing
    @test parse(Bool, "true") === true && tryparse(Bool, "x") === nothing
end
@testset "floats" begin
    @test parse(Float64, "1.5") === 1.5 && parse(Float64, "-1e3") === -1000.0 && parse(Float64, " 2 ") === 2.0 && parse(Float64, ".5") === 0.5
    @test isnan(parse(Float64, "NaN")) && parse(Float64, "Inf") === Inf && parse(Float64, "-Inf") === -Inf && parse(Float32, "0.1") === 0.1f0
    @test tryparse(Float64, "abc") === nothing && tryparse(Float64, "") === nothing && tryparse(Float64, "1.5x") === nothing
    @test_throws "cannot parse \"abc\" as Float64" parse(Float64, "abc")
end
@testset "integers as text" begin
    @test string(255; base=16) == "ff" && string(5; base=2, pad=8) == "00000101" && string(-5; base=2) == "-101" && string(7; pad=3) == "007"
    @test string(typemin(Int)) == "-9223372036854775808" && string(typemax(UInt64)) == "18446744073709551615" && string(Int128(2)^100) == "1267650600228229401496703205376"
    @test string(0xff) == "255" && repr(0xff) == "0xff" && repr(0x00ff) == "0x00ff" && string(true) == "true" && string(35; base=36) == "z"
    @test bitstring(5) == "0000000000000000000000000000000000000000000000000000000000000101" && bitstring(Int8(-1)) == "11111111" && bitstring(1.0f0) == "00111111100000000000000000000000"
    @test digits(123) == [3, 2, 1] && digits(5; base=2) == [1, 0, 1] && digits(5; pad=3) == [5, 0, 0] && ndigits(1000) == 4
end
@testset "floats as text" begin
    @test string(1.0) == "1.0" && string(0.1) == "0.1" && string(1e10) == "1.0e10" && string(1e-5) == "1.0e-5" && string(123456.789) == "123456.789"
    @test string(1e6) == "1.0e6" && string(100000.0) == "100000.0" && string(0.0001) == "0.0001" && string(-0.0) == "-0.0"
    @test string(NaN) == "NaN" && string(-Inf) == "-Inf" && string(1/3) == "0.3333333333333333" && string(5e-324) == "5.0e-324"
    @test repr(1.5f0) == "1.5f0" && string(1.5f0) == "1.5" && repr(1f10) == "1.0f10" && repr(Float16(1.5)) == "Float16(1.5)" && repr(NaN32) == "NaN32"
    @test sprint(show, 3.14159265; context=:compact => true) == "3.14159"
    @test sprint(show, 1234567.891; context=:compact => true) == "1.23457e6" && sprint(show, 2/3; context=:compact => true) == "0.666667"
end
