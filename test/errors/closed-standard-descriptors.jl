# SPDX-License-Identifier: MIT
# A closed standard descriptor is not given to the memory that code lies in.
# RUN: sh -c '%lig %s >&- 2>%t' && FileCheck %s < %t
# RUN: sh -c '%lig %s <&- 2>%t' && FileCheck %s < %t
function g(n)
    s = 0
    for i in 1:n
        s += i * s ⊻ i
    end
    s
end
function h(n)
    s = 0
    for i in 1:n
        s += g(i)
    end
    s
end
h(10)
println("X"^100000)
flush(stdout)
for k in 1:3
    println(stderr, h(10))
    println("X"^100000)
    flush(stdout)
end
println(stderr, length(read(stdin)))
# CHECK-COUNT-3: {{^[0-9-]+$}}
# CHECK: 0
