# What pairs(), and so `; options...`, gives has the element type of the values, as collect would make it.
# RUN: %lig %s | FileCheck %s
options(; rest...) = rest
# CHECK: Dict{Symbol, Any}(:a => 1, :b => "x") Dict{Symbol, Real}(:a => 1, :b => 2.0) Dict(:a => 1)
println(Dict(options(a=1, b="x")), " ", Dict(pairs((a=1, b=2.0))), " ", Dict(options(a=1)))
# CHECK: Pair{Symbol, Any}[:a => 1, :b => "x"] Pair{Int64, Any}[1 => 1, 2 => "x"]
println(collect(pairs((a=1, b="x"))), " ", collect(pairs((1, "x"))))
# CHECK: Dict{Symbol, Union{}}() Dict{Symbol, Union{Nothing, Int64}}(:a => 1, :b => nothing)
println(Dict(options()), " ", Dict(options(a=1, b=nothing)))
