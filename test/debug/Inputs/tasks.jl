# Tasks that wait while what they evaluate is still open, and end in another order than they began.
first = @async (evaluated = include_string(Main, "wait(); 1", "first"); evaluated)
second = @async include_string(Main, "wait(); 2", "second")
failing = @async include_string(Main, "wait(); error(\"never caught\")", "third")
yield()
foreach(schedule, (failing, first, second))
foreach(t -> wait(t; throw=false), (first, second, failing))
again = @async include_string(Main, "f(n) = (s = 0; for i in 1:n; s += i; end; s); f(10)", "again")
println(fetch(first) + fetch(second) + fetch(again))
