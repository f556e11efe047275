# Goes through every stage, with a throw in the middle of some.
function sums(n)
    s = 0
    for i in 1:n
        s += i
    end
    return s
end
thrower(n) = n == 0 ? error("deep \"down\"") : thrower(n - 1)
try
    thrower(3)
catch
end
GC.gc()
println(sums(10))
exit(sums(2))
