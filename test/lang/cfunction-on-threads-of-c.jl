# SPDX-License-Identifier: MIT
# A thread that C has started may call back: it gets a task, is known to the collector until it ends, and what it throws
# and nobody catches ends the program with a report.
# RUN: printf '#include <pthread.h>\nstruct A { long (*f)(long); long x, r; };\nstatic void *run(void *p) { struct A *a = p; for (int i = 0; i < 1000; i++) a->r += a->f(a->x + i); return 0; }\nlong on_thread(long (*f)(long), long x) { struct A a = {f, x, 0}; pthread_t t; pthread_create(&t, 0, run, &a); pthread_join(t, 0); return a.r; }\n' > %t.c
# RUN: clang -O1 -shared -fPIC -o %t.so %t.c
# RUN: not %lig %s %t.so 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s %t.so 2>&1 | FileCheck %s
# determinism: skip, it loads a library that the test has made
using Libdl
const on_thread = dlsym(dlopen(ARGS[1]), :on_thread)
call(f, x) = ccall(on_thread, Int, (Ptr{Cvoid}, Int), f, x)
text_length(x) = length(string(x) * "abc") + length([x, x])
function many(n)
    total = 0
    for i in 1:n
        total += call(@cfunction(text_length, Int, (Int,)), 100i)
        GC.gc()
    end
    return total
end
# CHECK: 175500
println(many(20))
caught(x) = try; x % 2 == 0 ? error("even") : 1; catch; 2; end
deep(n) = n == 0 ? 0 : 1 + deep(n - 1) + 0 * length(string(n))
overflows(x) = try; deep(10^7); catch e; e isa StackOverflowError ? 1 : 0; end
# CHECK-NEXT: (1500, 501500, 1000)
println((call(@cfunction(caught, Int, (Int,)), 1), call(@cfunction($(x -> x + 1), Int, (Int,)), 1), call(@cfunction(overflows, Int, (Int,)), 1)))
uncaught(x) = error("nobody catches this")
# CHECK-NEXT: ERROR: nobody catches this
# CHECK: uncaught(x::Int64)
call(@cfunction(uncaught, Int, (Int,)), 1)
# CHECK-NOT: still here
println("still here")
