# Typed keys do not change when counters, line numbers and file names do; everything that units refer to is found again.
# RUN: %content_check %s | FileCheck %s
# CHECK: keys compared: {{[1-9][0-9]+}}, differing: 0, without: {{[0-2]}}; things found again: {{[1-9][0-9]+}}, lost: 0
struct Point{T}
    x::T
    next::Union{Nothing,Point{T}}
end
const table = Dict("a" => 1)
const nested = (1, [2, 3])
macro twice(e)
    v = gensym("v")
    :(($v = $(esc(e)); $v + $v))
end
@generated kind(x) = :($(x <: Integer ? "integer" : "other"))
total(p; scale=1, rest...) = p === nothing ? 0 : scale * p.x + total(p.next; scale)
adder(n) = (x -> x + n)
compose(fs...) = x -> foldl((v, f) -> f(v), fs; init=x)
lookup(k) = get(table, k, 0) + nested[2][1]
work(n) = [@twice(i) for i in 1:n if isodd(i)]
function run(n)
    s = 0
    for i in 1:n
        p = Point(i, Point(i + 1, nothing))
        s += total(p; scale=2) + adder(i)(1) + compose(adder(1), adder(2))(i) + lookup("a") + sum(work(3))
        s += length(kind(i)) + length(kind("s"))
    end
    s
end
let square = x -> x * x
    global squares(n) = sum(square, 1:n)
end
t = 0
for i in 1:100
    global t += run(2) + squares(3) + sum(map(x -> x + 1, 1:3)) + (y -> 2y)(i)
end
println(t)
