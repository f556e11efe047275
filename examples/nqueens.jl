# SPDX-License-Identifier: MIT
# In how many ways can n queens stand on an n by n board, none attacking another?
# Shows the first way found for the largest board.
#
#     lig examples/nqueens.jl [largest n]

# queens[r] is the column of the queen in row r.
function is_safe(queens, row, column)
    for r in 1:row-1
        distance = abs(queens[r] - column)
        if distance == 0 || distance == row - r
            return false
        end
    end
    return true
end

# Calls `found(queens)` for every solution that has the first row - 1 queens as they are.
function place(found, queens, row)
    n = length(queens)
    if row > n
        found(queens)
        return
    end
    for column in 1:n
        if is_safe(queens, row, column)
            queens[row] = column
            place(found, queens, row + 1)
        end
    end
end

function show_board(queens)
    for column in queens
        for c in 1:length(queens)
            print(c == column ? "Q " : ". ")
        end
        println()
    end
end

function solve(n, show_first)
    solutions = 0
    place(zeros(Int, n), 1) do queens
        solutions += 1
        if show_first && solutions == 1
            show_board(queens)
        end
    end
    return solutions
end

largest = isempty(ARGS) ? 10 : parse(Int, ARGS[1])
for n in 1:largest
    println(n, " queens: ", solve(n, n == largest), " ways")
end
