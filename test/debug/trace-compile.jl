# --trace-compile writes a precompile statement, in terms of Core, and the time for each method instance compiled; not for thunks.
# RUN: %lig --compile=all --trace-compile=%t %s > %t.out && FileCheck %s < %t
# RUN: %lig --compile=all --trace-compile=stderr %s 2> %t > %t.out && FileCheck %s < %t
# RUN: rm -f %t && %lig --compile=min --trace-compile=%t %s > %t.out && test ! -e %t
# RUN: not %lig --compile=all --trace-compile=%t.d/none/x %s 2>&1 | FileCheck --check-prefix=NOWHERE %s
# RUN: %lig --compile=all --trace-compile=/dev/full %s 2>&1 | FileCheck --check-prefix=FULL %s
# FULL: warning: the list of --trace-compile is incomplete: its file cannot be written: No space left on device
# FULL-NOT: warning
# CHECK-DAG: {{^#= +[0-9]+\.[0-9] ms =# precompile\(Tuple\{typeof\(Main\.sums\), Int64\}\)$}}
# CHECK-DAG: {{^#= +[0-9]+\.[0-9] ms =# precompile\(Tuple\{typeof\(Main\.M\.g\), Main\.M\.T, Vector\{Float64\}\}\)$}}
# NOWHERE: lig: {{.*}}none/x cannot be written: No such file or directory
@noinline function sums(n)
    s = 0
    for i in 1:n
        s += i
    end
    return s
end
module M
struct T end
@noinline g(::T, v) = v[1] + 1.0
end
for i in 1:2
    sums(i)
end
M.g(M.T(), [1.0])
