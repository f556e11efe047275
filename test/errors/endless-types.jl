# SPDX-License-Identifier: MIT
# Recursion through ever larger types ends in a StackOverflowError, interpreted and compiled.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
struct S{T} end

deeper(x::S{T}) where T = deeper(S{S{T}}())
ping(x::S{T}) where T = pong(S{Tuple{T}}())
pong(x::S{T}) where T = ping(S{Vector{T}}())
# Every level names the last one twice: written out, the type doubles.
wider(x::S{T}) where T = wider(S{Tuple{T,T}}())
union(::Type{T}) where T = union(Vector{Union{Nothing,T}})

function attempt(f, x)
    for i in 1:2 # a loop is compiled at once, and so what it calls is inferred
        try
            f(x)
        catch e
            println(f, " ", typeof(e))
        end
    end
end
attempt(deeper, S{Int}())
attempt(ping, S{Int}())
attempt(wider, S{Int}())
attempt(union, Int)
# CHECK-COUNT-2: deeper StackOverflowError
# CHECK-COUNT-2: ping StackOverflowError
# CHECK-COUNT-2: wider StackOverflowError
# CHECK-COUNT-2: union StackOverflowError
