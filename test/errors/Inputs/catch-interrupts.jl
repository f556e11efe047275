function spin()
    while true
    end
end
println(stderr, "start")
for i in 1:2
    try
        spin()
    catch e
        println("caught ", typeof(e))
    end
end
println("went on")
