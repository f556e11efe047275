# What inference found is believed in the next session exactly where all that it rests on is as it was.
# RUN: rm -rf %t && mkdir -p %t/kept && %lig --records=%t/kept %s 2>&1 >%t/out | FileCheck --check-prefix=FIRST %s
# FIRST-COUNT-5: records: refused (no record)
# FIRST: records: {{[1-9][0-9]*}} saved, 0 not, 0 loaded, {{.*}} 0 refused, 0 wrong
#
# RUN: %lig --records=%t/kept %s 2>&1 >%t/out2 | FileCheck --check-prefix=AGAIN %s && cmp %t/out %t/out2
# AGAIN-NOT: refused (
# AGAIN-COUNT-5: records: loaded
# AGAIN: 0 missing, 0 refused, 0 wrong
#
# Elsewhere, lower down, with other definitions in front.
# RUN: (echo 'h(x) = map(y -> y + x, [1]); h(1); struct Other; a; end' && cat %s) > %t/moved.jl && cp -r %t/kept %t/a && %lig --records=%t/a %t/moved.jl 2>&1 >%t/out2 | FileCheck --check-prefix=MOVED %s && cmp %t/out %t/out2
# MOVED-NOT: refused (
# MOVED-COUNT-5: records: loaded
# MOVED: 0 refused, 0 wrong
#
# Another constant.
# RUN: sed 's/^const scale = 3/const scale = 4/' %s > %t/constant.jl && cp -r %t/kept %t/b && %lig --records=%t/b %t/constant.jl 2>&1 >%t/out2 | FileCheck --check-prefix=CONSTANT %s && not cmp -s %t/out %t/out2
# CONSTANT-DAG: records: refused (a global) scaled(::Int64)
# CONSTANT-DAG: records: loaded points(::Int64)
# CONSTANT-DAG: records: loaded steps(::Int64)
# CONSTANT-DAG: records: loaded iseven_(::Int64)
# CONSTANT-DAG: records: loaded plain(::Int64)
# CONSTANT: 0 wrong
#
# A struct with another field type.
# RUN: sed 's/^    x::Int$/    x::Int32/' %s > %t/struct.jl && cp -r %t/kept %t/c && %lig --records=%t/c %t/struct.jl 2>&1 >/dev/null | FileCheck --check-prefix=STRUCT %s
# STRUCT-DAG: records: loaded scaled(::Int64)
# STRUCT-DAG: records: refused ({{.*}}) points(::Int64)
# STRUCT-DAG: records: loaded steps(::Int64)
# STRUCT-DAG: records: loaded iseven_(::Int64)
# STRUCT-DAG: records: loaded plain(::Int64)
# STRUCT: 0 wrong
#
# A function that is inlined two calls further down.
# RUN: sed 's/^deep(x) = x + 1/deep(x) = x + 2/' %s > %t/function.jl && cp -r %t/kept %t/d && %lig --records=%t/d %t/function.jl 2>&1 >%t/out2 | FileCheck --check-prefix=FUNCTION %s && not cmp -s %t/out %t/out2
# FUNCTION-DAG: records: loaded scaled(::Int64)
# FUNCTION-DAG: records: loaded points(::Int64)
# FUNCTION-DAG: records: refused ({{.*}}) steps(::Int64)
# FUNCTION-DAG: records: loaded iseven_(::Int64)
# FUNCTION-DAG: records: loaded plain(::Int64)
# FUNCTION: 0 wrong
#
# A more specific method.
# RUN: sed 's/^# METHOD: //' %s > %t/method.jl && cp -r %t/kept %t/e && %lig --records=%t/e %t/method.jl 2>&1 >%t/out2 | FileCheck --check-prefix=FUNCTION %s && not cmp -s %t/out %t/out2
#
# One of two functions that call each other.
# RUN: sed 's/n == 0 ? false/n == 0 ? 1 > 2/' %s > %t/cycle.jl && cp -r %t/kept %t/f && %lig --records=%t/f %t/cycle.jl 2>&1 >%t/out2 | FileCheck --check-prefix=CYCLE %s && cmp %t/out %t/out2
# CYCLE-DAG: records: loaded scaled(::Int64)
# CYCLE-DAG: records: loaded points(::Int64)
# CYCLE-DAG: records: loaded steps(::Int64)
# CYCLE-DAG: records: refused ({{.*}}) iseven_(::Int64)
# CYCLE-DAG: records: loaded plain(::Int64)
# CYCLE: 0 wrong
#
# Records that are cut off.
# RUN: cp -r %t/kept %t/g && for f in %t/g/*; do truncate -s -7 $f || exit 1; done && %lig --records=%t/g %s 2>&1 >%t/out2 | FileCheck --check-prefix=DAMAGED %s && cmp %t/out %t/out2
# DAMAGED: records: refused (a damaged record)
# DAMAGED-NOT: records: loaded
# DAMAGED: 0 wrong

const scale = 3
struct Point
    x::Int
end
deep(x) = x + 1
# METHOD: deep(x::Int) = x + 5
between(x) = deep(x) * 2

function scaled(n)
    s = 0
    for i in 1:n
        s += i * scale
    end
    s
end
function points(n)
    s = 0
    for i in 1:n
        s += Point(i).x
    end
    s
end
function steps(n)
    s = 0
    for i in 1:n
        s += between(i)
    end
    s
end
function iseven_(n)
    while n > 100
        n -= 100
    end
    n == 0 ? true : isodd_(n - 1)
end
isodd_(n) = n == 0 ? false : iseven_(n - 1)
function plain(n)
    s = 0
    for i in 1:n
        s += i
    end
    s
end
println(scaled(3), " ", points(3), " ", steps(3), " ", iseven_(8), " ", plain(3))
