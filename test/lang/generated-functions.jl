# @generated: the generator sees types, its result is the body, once for each signature.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
calls = []
@generated function describe(x, ys...)
    push!(calls, (x, ys))
    n = length(ys)
    :(($(string(x)), $n, x, ys))
end
@generated function unrolled_sum(t::NTuple{N, T}) where {N, T}
    body = :(zero($T))
    for i in 1:N
        body = :($body + t[$i])
    end
    body
end
@generated scaled(x::T; by::S = 2) where {T, S} = :((x * by, $(QuoteNode(T)), $(QuoteNode(S))))
struct Named{T}
    a::T
end
@generated (n::Named{T})(x) where {T} = T <: Number ? :(n.a + x) : :(string(n.a, x))
@generated failing(x) = error("no body for $x")
@generated function with_macro(x)
    quote
        @assert x > 0
        r = 0
        for i in 1:x
            r += i
        end
        r
    end
end
function either(x)
    if @generated
        :(x + 1)
    else
        x + 1
    end
end
@testset "generated functions" begin
    @test describe(1) == ("Int64", 0, 1, ())
    @test describe(2) == ("Int64", 0, 2, ())
    @test describe("a", 1, 2.0) == ("String", 2, "a", (1, 2.0))
    @test describe(Int) == ("Type{Int64}", 0, Int, ())
    @test calls == [(Int, ()), (String, (Int, Float64)), (Type{Int}, ())]
    @test unrolled_sum((1, 2, 3)) == 6
    @test unrolled_sum((1.5, 2.5)) === 4.0
    @test unrolled_sum(ntuple(i -> Int8(1), 5)) == 5
    @test scaled(3) == (6, Int, Int)
    @test scaled(3; by = 1.5) == (4.5, Int, Float64)
    @test Named(1)(2) == 3 && Named("a")(2) == "a2"
    @test_throws "no body for Int64" failing(1)
    @test with_macro(4) == 10
    @test_throws AssertionError with_macro(-1)
    @test either(1) == 2
    @test sum(unrolled_sum((i, i)) for i in 1:100) == 10100
end
