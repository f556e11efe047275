# RUN: %lig --compile=min %s | FileCheck %s
# A method lowered on its first call defines its closures' methods in the world that is running, keyword methods too.
function f(a)
    g(b; c=a) = h(b, c)
    h(b, c) = b + c + a
    g(1), g(1; c=10), map(x -> x + a, [1])
end
println(f(100))
# CHECK: (201, 111, [101])
