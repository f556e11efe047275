# SPDX-License-Identifier: MIT
# Builds and throws away many binary trees, to keep the memory manager busy.
#
#     lig examples/binary_trees.jl [depth]

struct Tree
    left::Union{Tree,Nothing}
    right::Union{Tree,Nothing}
end

function make_tree(depth)
    depth == 0 && return Tree(nothing, nothing)
    return Tree(make_tree(depth - 1), make_tree(depth - 1))
end

# The number of nodes, by walking them all.
count_nodes(::Nothing) = 0
count_nodes(tree::Tree) = 1 + count_nodes(tree.left) + count_nodes(tree.right)

function short_lived(depth, trees)
    nodes = 0
    for _ in 1:trees
        nodes += count_nodes(make_tree(depth))
    end
    println(trees, "\t trees of depth ", depth, "\t check: ", nodes)
end

function run_all(max_depth)
    min_depth = 4
    max_depth = max(max_depth, min_depth + 2)

    stretch = max_depth + 1
    println("stretch tree of depth ", stretch, "\t check: ", count_nodes(make_tree(stretch)))

    long_lived = make_tree(max_depth)
    for depth in min_depth:2:max_depth
        short_lived(depth, 1 << (max_depth - depth + min_depth))
    end
    println("long lived tree of depth ", max_depth, "\t check: ", count_nodes(long_lived))
end

run_all(isempty(ARGS) ? 14 : parse(Int, ARGS[1]))
