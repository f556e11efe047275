# SPDX-License-Identifier: MIT
# A closed standard descriptor is not given to the memory that code lies in.
# RUN: sh -c '%lig %s >&- 2>%t' && FileCheck %s < %t
# RUN: sh -c '%lig %s <&- 2>%t' && FileCheck %s < %t
# What is written to a closed standard output is lost, which is an error; to write nothing is none.
# RUN: not sh -c "%lig -e 'println(1)' >&- 2>%t" && FileCheck %s --check-prefix=LOST < %t
# RUN: sh -c "%lig -e '1' >&- 2>%t"
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
told(text) =
    try
        println(text)
        flush(stdout)
    catch e
        e isa SystemError || rethrow()
    end
told("X"^100000)
for k in 1:3
    println(stderr, h(10))
    told("X"^100000)
end
println(stderr, length(read(stdin)))
# CHECK-COUNT-3: {{^[0-9-]+$}}
# CHECK: 0
# LOST: lig: standard output cannot be written: Bad file descriptor
