# SPDX-License-Identifier: MIT
# Top-level code that is compiled, since it loops, is dropped when it has returned: evaluating ten times as many thunks takes
# no more room for code. Exceptions that leave a thunk keep its code for as long as their backtraces are kept.
# RUN: %lig --stats %s 100 2>%t.few >%t.out && %lig --stats %s 1000 2>%t.many >>%t.out && FileCheck %s <%t.out
# RUN: few=$(sed -n 's/.*"code_bytes_used":\([0-9]*\).*/\1/p' %t.few) && \
# RUN:   many=$(sed -n 's/.*"code_bytes_used":\([0-9]*\).*/\1/p' %t.many) && \
# RUN:   echo "code: $few bytes, $many bytes" && test "$few" -gt 0 && test "$many" -lt $((few + 20000))
# determinism: skip, its thunks are as many as it is told
function caught(k)
    try
        eval(:(begin
            local s = 0
            for i in 1:$k
                s += i
                i == $k && throw(ArgumentError(string(s)))
            end
        end))
    catch e
        return (e.msg, length(string(stacktrace(catch_backtrace()))))
    end
end
function run(n)
    sum = 0
    for k in 1:n
        sum += eval(:(begin
            local s = 0
            for i in 1:$k
                s += i
            end
            s
        end))
        if k % 10 == 0
            text, shown = caught(k)
            text == string(k * (k + 1) ÷ 2) && shown > 20 || error("wrong: ", text)
            GC.gc()
        end
    end
    return sum
end
println(run(parse(Int, ARGS[1])))
# CHECK: {{^}}171700{{$}}
# CHECK: {{^}}167167000{{$}}
