# SPDX-License-Identifier: MIT
vectors() = while true; [1]; end
zeroes() = while true; zeros(100000); end
println("start")
try
    vectors()
catch e
    println("caught ", typeof(e))
end
try
    zeroes()
catch e
    println("caught ", typeof(e))
end
println("went on")
