mutable struct Node
    next::Union{Node,Nothing}
    value::Int
end
node = Node(nothing, 1)
node.next = node
println(node)
list = Any[1]
push!(list, list)
println(list)
struct Endless
    x::Endless
end
println(fieldtypes(Endless))
function empty end
function nothing_inside() end
nothing_inside()
