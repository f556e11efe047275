# determinism: skip, nothing of it is compiled
# What a split call's answer says of its argument holds for all methods that may have given it, also for one whose result was not yet known when the first was looked at.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
abstract type Shape end
struct Square <: Shape end
struct Void end
const ANSWER = Ref{Any}(false)
asked(::Shape) = ANSWER[]
asked(::Void) = ANSWER[]
function described(@nospecialize(s::Union{Shape,Void}))
    asked(s) && s isa Square && return "asked"
    return s isa Void ? "void" : "shape"
end
# CHECK: shape void
println(described(Square()), " ", described(Void()))
ANSWER[] = true
# CHECK: asked void
println(described(Square()), " ", described(Void()))
