# Three functions deep, long enough for some samples.
@noinline function inner(n)
    s = 0
    for i in 1:n
        s = (s * 31 + i) % 1000003
    end
    return s
end
@noinline function middle(n)
    t = 0
    for i in 1:20
        t += inner(n)
    end
    return t
end
@noinline function outer(n)
    return middle(n) * 2
end
println(outer(2000000))
