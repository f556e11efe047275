# SPDX-License-Identifier: MIT
# A task that is suspended in a compiled thunk keeps its code, however often is collected meanwhile; of tasks that are dropped
# there, code goes as they do.
# RUN: %lig --stats %s 20 2>%t.few >%t.out && %lig --stats %s 300 2>%t.many >>%t.out && FileCheck %s <%t.out
# RUN: few=$(sed -n 's/.*"code_bytes_used":\([0-9]*\).*/\1/p' %t.few) && \
# RUN:   many=$(sed -n 's/.*"code_bytes_used":\([0-9]*\).*/\1/p' %t.many) && \
# RUN:   echo "code: $few bytes, $many bytes" && test "$few" -gt 0 && test "$many" -lt $((few + 60000))
# determinism: skip, its thunks are as many as it is told
result = Ref(0)
resumed = @async eval(:(begin
    local s = 0
    for k in 1:4
        s += k
        yield()
    end
    $result[] = s
end))
function drop(n)
    for i in 1:n
        @async eval(:(begin
            local s = $i
            for k in 1:3
                s += k
                k == 2 && wait()
            end
            s
        end))
        yield()
        i % 10 == 0 && GC.gc()
    end
end
drop(parse(Int, ARGS[1]))
wait(resumed)
println("resumed: ", result[])
# CHECK-COUNT-2: resumed: 10
