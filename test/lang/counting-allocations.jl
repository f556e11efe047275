# @allocations and @allocated count exactly what an expression allocates; to count allocates nothing.
# RUN: %lig %s
# RUN: %lig --compile=min %s
# RUN: %lig --compile=all %s
using Test
mutable struct Cell
    value::Any
end
@test (@allocations 1) == 0 && (@allocated 1) == 0
kept = Any[]
sizehint!(kept, 100)
function keep(n)
    for i in 1:n
        push!(kept, Cell(nothing))
    end
end
keep(1)
function counted(n)
    @allocations keep(n)
end
function weighed(n)
    @allocated keep(n)
end
counted(1)
weighed(1)
empty!(kept)
few = counted(3)
many = counted(13)
@test many - few >= 10
@test weighed(13) - weighed(3) >= 160
@test (@timed keep(5)).bytes >= 80
