# Says that it is there and waits in a C function, far longer than any test runs.
@noinline function sleeper(seconds)
    println("ready")
    flush(stdout)
    for k in 1:10*seconds
        ccall(:usleep, Cint, (Cuint,), 100000)
    end
    return seconds
end
@noinline function waiter(seconds)
    total = 0
    for k in 1:2
        total += sleeper(seconds)
    end
    return total
end
waiter(300)
