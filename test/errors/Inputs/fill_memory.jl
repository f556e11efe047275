# SPDX-License-Identifier: MIT
mutable struct Node
    block::NTuple{28,Int}
    next::Any
end

const block = ntuple(identity, 28)

function long_list(n)
    list = nothing
    for i in 1:n
        list = Node(block, list)
    end
    list
end

function status_when_full()
    try
        long_list(typemax(Int))
    catch e
        return e isa OutOfMemoryError ? 3 : 4
    end
end

exit(isempty(ARGS) ? long_list(typemax(Int)) : status_when_full())
