# Breakpoints by session name, by the name in the source and by line may be set before there is any code; they are
# hit when it is there. Lines can be stepped, and the caller's frame is known at a function's first instruction.
# REQUIRES: gdb, permission-to-trace
# UNSUPPORTED: sanitized
# DEFINE: %{entry} = python gdb.set_convenience_variable("entry", gdb.selected_frame().function().value().address)
# RUN: %gdb -ex 'break twice#1' -ex run -ex 'bt 2' -ex next -ex next -ex 'info breakpoints' -ex '%{entry}' -ex 'tbreak *$entry' -ex continue -ex 'bt 2' -ex stepi -ex 'bt 2' --args %bare_lig --compile=all %s > %t 2>&1 && FileCheck --check-prefix=SESSION %s < %t
# RUN: %gdb -ex 'break twice' -ex run -ex 'bt 2' --args %bare_lig --compile=all %s > %t 2>&1 && FileCheck --check-prefix=NAME %s < %t
# RUN: %gdb -ex 'break gdb-breakpoints.jl:32' -ex run -ex 'bt 3' --args %bare_lig --compile=all %s > %t 2>&1 && FileCheck --check-prefix=LINE %s < %t
# SESSION: Breakpoint 1 (twice#1) pending.
# SESSION: hit Breakpoint 1{{.*}} twice#1 () at {{.*}}gdb-breakpoints.jl:31
# SESSION: #1 {{.*}} calls () at {{.*}}gdb-breakpoints.jl:26
# SESSION: {{^}}32{{.*}}product = x * 2
# SESSION: {{^}}33{{.*}}return product
# SESSION: in twice#1 at {{.*}}gdb-breakpoints.jl:31
# SESSION: hit Temporary breakpoint 2{{.*}}twice#1 () at {{.*}}gdb-breakpoints.jl:30
# SESSION: #1 {{.*}} calls () at {{.*}}gdb-breakpoints.jl:27
# SESSION: {{^}}#0 {{.*}} twice#1 () at
# SESSION: #1 {{.*}} calls () at {{.*}}gdb-breakpoints.jl:27
# NAME: Breakpoint 1 (twice) pending.
# NAME: {{twice#1 \(\) at .*gdb-breakpoints.jl:31}}
# Of this line an inlined call is all that is left.
# LINE: Breakpoint 1 (gdb-breakpoints.jl:32) pending.
# LINE: {{twice#1 \(\) at .*gdb-breakpoints.jl:32}}
@noinline function calls(x)
    for i in 1:1
        y = twice(x)
        y += twice(y)
    end
end
@noinline function twice(x)
    identity_of_process()
    product = x * 2
    return product
end
identity_of_process() = ccall(:getpid, Int32, ())

calls(4)
