# A default sees the arguments before its own; its own name and later ones mean what they mean outside of the function.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
scale = 5
b = 10
keyword(; scale=scale) = scale
positional(scale=scale) = scale
both(scale, factor=scale, rest...; offset=factor, k=offset) = (scale, factor, offset, k, rest)
later(; a=b, b=1) = (a, b)
later_positional(a=b, b=a + 1) = (a, b)
typed(; scale::Int=scale, others...) = (scale, length(others))
function outer(v)
    inner(; v=v, w=v + 1) = (v, w)
    counter = 0
    next(counter=counter + 1) = counter
    swapped(x, y=v; v=y) = (x, y, v)
    inner(), inner(v=1), inner(w=2), next(), swapped(0), swapped(0, 1), (; v=v)
end
@testset "defaults" begin
    @test keyword() == 5 && keyword(scale=2) == 2
    @test positional() == 5 && positional(3) == 3
    @test both(1) == (1, 1, 1, 1, ()) && both(1, 2, 3; k=4) == (1, 2, 2, 4, (3,))
    @test later() == (10, 1) && later(b=3) == (10, 3) && later(a=2) == (2, 1)
    @test later_positional() == (10, 11) && later_positional(1) == (1, 2)
    @test typed() == (5, 0) && typed(scale=1, z=2) == (1, 1)
    @test_throws TypeError typed(scale="")
    @test outer(7) == ((7, 8), (1, 2), (7, 2), 1, (0, 7, 7), (0, 1, 1), (; v=7))
    @test (((; scale=scale) -> scale)(), ((scale=scale) -> scale)()) == (5, 5)
end
