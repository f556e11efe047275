const LIMIT = 10
square(x) = x * x
function total(n)
    s = 0
    for i in 1:n
        s += square(i)
    end
    return s
end

@noinline within(x) = x < LIMIT
struct Pair2
    x::Int
    y::Int
end
second(p) = p.y
println(total(10))
println(within(3))
println(second(Pair2(1, 2)))
