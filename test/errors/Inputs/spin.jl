function spin()
    n = 0
    while true
        n += 1
    end
    return n
end
println(stderr, "start")
spin()
