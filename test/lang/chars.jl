# Characters: code points, order, classes, case.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "code points" begin
    @test Int('a') == 97
    @test Char(0x3b1) == 'α'
    @test codepoint('€') === 0x000020ac
    @test UInt32('😀') == 0x1f600
    @test 'a' + 1 == 'b'
    @test 'z' - 'a' == 25
    @test 'c' - 1 == 'b'
    @test 1 + 'a' == 'b'
    @test Char(65) === 'A'
    @test ncodeunits('a') == 1 && ncodeunits('é') == 2 && ncodeunits('€') == 3 && ncodeunits('😀') == 4
    @test typemin(Char) == '\0'
end
@testset "order" begin
    @test 'a' < 'b' && 'B' < 'a' && 'z' < 'é' < '€' < '😀'
    @test isless('a', 'b')
    @test 'a' in "abc" && 'a' in ('a', 'b') && !('d' in "abc")
    @test collect('a':'e') == ['a', 'b', 'c', 'd', 'e']
    @test length('a':'z') == 26
    @test maximum("hello") == 'o'
    @test cmp('a', 'b') == -1
end
@testset "classes" begin
    @test isdigit('7') && !isdigit('a') && !isdigit('٣')
    @test isletter('a') && isletter('é') && isletter('中') && !isletter('1') && !isletter('!')
    @test isuppercase('A') && isuppercase('É') && !isuppercase('a') && !isuppercase('1')
    @test islowercase('a') && islowercase('é') && !islowercase('A')
    @test isspace(' ') && isspace('\t') && isspace('\n') && isspace('\u2003') && !isspace('a')
    @test ispunct('!') && ispunct(',') && !ispunct('a') && !ispunct('+')
    @test isnumeric('1') && isnumeric('½') && !isnumeric('a')
    @test iscntrl('\n') && !iscntrl('a')
    @test isprint('a') && isprint('é') && !isprint('\n')
    @test isxdigit('f') && isxdigit('F') && !isxdigit('g')
    @test isascii('a') && !isascii('é')
end
@testset "case" begin
    @test uppercase('a') == 'A' && uppercase('é') == 'É' && uppercase('1') == '1'
    @test lowercase('A') == 'a' && lowercase('Σ') == 'σ'
    @test titlecase('a') == 'A'
end
@testset "a collection of itself" begin
    @test length('a') == 1
    @test [c for c in 'x'] == ['x'] || collect('x') isa Array
    @test first('a') == 'a'
    @test 'a'[1] == 'a'
    @test_throws BoundsError 'a'[2]
end
@testset "text" begin
    @test string('a') == "a"
    @test 'a' * 'b' == "ab"
    @test 'a' ^ 3 == "aaa"
    @test repr('a') == "'a'"
    @test repr('\n') == "'\\n'"
    @test repr('\'') == "'\\''"
    @test repr('é') == "'é'"
    @test repr('\0') == "'\\0'"
    @test sprint(show, MIME("text/plain"), 'a') == "'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)"
    @test sprint(show, MIME("text/plain"), 'é') == "'é': Unicode U+00E9 (category Ll: Letter, lowercase)"
    @test textwidth('a') == 1 && textwidth('中') == 2
end
