# include(f, path) and include_string(f, module, text): each expression goes through f before it is evaluated.
# RUN: %lig %s | FileCheck %s
path = joinpath(@__DIR__, "Inputs", "two-statements.jl")
seen = []
note(x) = (push!(seen, x); x isa Expr && x.head === :(=) ? :($(x.args[1]) = 10 * $(x.args[2])) : x)
# CHECK: 12
println(include(note, path))
# CHECK: 3
println(include(path))
# CHECK: Any[:(first_one = 1), :(first_one + 2)]
println(seen)
module Inner end
# CHECK: 42
println(include_string(x -> :($x + 1), Inner, "41"))
# CHECK: 11 32
println(include_string(x -> 11, Main, "undefined_name"), " ", include_string(Main, "30 + 2"))
# CHECK: LoadError ErrorException
try
    include(x -> error("refused"), path)
catch e
    println(nameof(typeof(e)), " ", typeof(e.error))
end
