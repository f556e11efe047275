# SPDX-License-Identifier: MIT
# What the parser takes for a name, printing and isidentifier take for one too.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "letters and what else begins a name" begin
    for name in ("x", "_", "αβ", "℘", "∫f", "∑", "∂x", "∞", "⊤", "𝟙", "名前", "€")
        @test Base.isidentifier(name)
        @test Meta.parse(name) === Symbol(name)
        @test repr(Symbol(name)) == ":" * name
    end
end

@testset "what only continues one" begin
    for name in ("x²", "x′", "a‿b", "n!", "x̂", "a1", "x½")
        @test Base.isidentifier(name)
        @test repr(Symbol(name)) == ":" * name
    end
    for name in ("²", "‿", "!", "1", "½", "")
        @test !Base.isidentifier(name)
    end
end

@testset "neither" begin
    for name in ("a b", "a.b", "→", "a→", "\ufffc", "x\u200b", "a-b")
        @test !Base.isidentifier(name)
    end
    @test repr(Symbol("a b")) == "Symbol(\"a b\")"
    @test repr(Symbol("\ufffc")) == "Symbol(\"\ufffc\")"
end
