# A field that is set once is set by one of all who try at the same time.
# determinism: skip, which thread compiles what depends on time
# RUN: %lig -t 4 %s
# RUN: %lig -t 4 --compile=min %s
using Test
using Base.Threads

mutable struct Once
    @atomic who::Any
    plain::String
    number::Int
    Once() = new()
end
function race(rounds)
    several = 0
    for _ in 1:rounds
        cell = Once()
        won = Atomic{Int}(0)
        tasks = [Threads.@spawn((@atomiconce cell.who = i) && atomic_add!(won, 1)) for i in 1:4]
        foreach(wait, tasks)
        several += won[] != 1 || !(cell.who in 1:4)
    end
    return several
end
@testset "by one only" begin
    @test race(3000) == 0
end
@testset "alone" begin
    x = Once()
    @test (@atomiconce x.who = 1) && !(@atomiconce x.who = 2)
    @test x.who == 1
    @test setpropertyonce!(x, :plain, "one") && !setpropertyonce!(x, :plain, SubString("two", 1, 2))
    @test x.plain == "one"
    @test !setfieldonce!(x, :number, 3)
    @test_throws TypeError setfieldonce!(x, :number, "no number")
    @test_throws ErrorException setfieldonce!((1, 2), 1, 3)
    y = Once()
    @test setpropertyonce!(y, :plain, SubString("two", 1, 2)) && y.plain === "tw"
    @test (@atomiconce :release :acquire y.who = nothing) && y.who === nothing
end
