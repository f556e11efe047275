# gdb names each compiled function by its session name, file and line, and unwinds through it: from the C function
# at the top, over inlined calls, down to the runtime's own frames.
# REQUIRES: gdb, permission-to-trace
# UNSUPPORTED: sanitized
# RUN: %gdb -ex 'break getpid' -ex run -ex bt --args %bare_lig --compile=all %s > %t 2>&1 && FileCheck %s < %t
# CHECK:      #0 {{.*}}getpid
# CHECK-NEXT: #1 {{.*}} in inner#1 () at {{.*}}gdb-backtrace.jl:[[#@LINE+12]]
# CHECK-NEXT: #2 {{.*}} in middle#1 () at {{.*}}gdb-backtrace.jl:[[#@LINE+17]]
# CHECK-NEXT: #3 {{.*}} in added () at {{.*}}gdb-backtrace.jl:[[#@LINE+20]]
# CHECK-NEXT: #4 {{.*}}outer () at {{.*}}gdb-backtrace.jl:[[#@LINE+24]]
# CHECK-NEXT: #5 {{.*}}outer#1.boxed () at {{.*}}gdb-backtrace.jl:[[#@LINE+21]]
# CHECK:      jl::interpret(
# CHECK:      jl::run_program(
@noinline function inner(n)
    s = 0
    for i in 1:n
        s += i
    end
    ccall(:getpid, Int32, ())
    return s
end

@noinline function middle(n)
    t = 1
    t += inner(n)
    return t + 1
end

added(n) =
    middle(n) + 3

@noinline function outer(n)
    m = 2
    m += added(n)
    return m * 2
end

println(outer(10))
