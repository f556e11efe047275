# Says that it is ready and sleeps in a C function, far longer than any test runs.
@noinline function sleeper(seconds)
    println("ready")
    flush(stdout)
    ccall(:sleep, Cuint, (Cuint,), seconds)
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
