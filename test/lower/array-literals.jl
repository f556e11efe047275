# RUN: %lig --dump=lowered %s | FileCheck %s
# vect, hcat, vcat, hvcat, typed.
f(a) = [a, 1], [a 1], [a; 1], [a 1; 2 3], Int[a, 1]
# CHECK: method f
# CHECK: Base.vect(a, 1)
# CHECK: Base.hcat(a, 1)
# CHECK: Base.vcat(a, 1)
# CHECK: Base.hvcat((2, 2), a, 1, 2, 3)
# CHECK: Base.getindex(Main.Int, a, 1)
