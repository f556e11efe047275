# After a fork, parent and child compile code of their own, and find what is kept.
# RUN: rm -rf %t && export LIGATURE_CACHE_DIR=%t && for i in 1 2 3; do %lig --cache=on %s 2>&1 | FileCheck %s || exit 1; done
# RUN: %lig --cache=off %s 2>&1 | FileCheck %s
function total(n)
    s = 0
    for i in 1:n
        s += i
    end
    return s
end
println(total(3))
flush(stdout)
pid = ccall(:fork, Cint, ())
function twice(n) # compiled on both sides
    s = 0
    for i in 1:n
        s += 2i
    end
    return s
end
if pid == 0
    function of_child(n)
        s = 0
        for i in 1:n
            s += 3i
        end
        return s
    end
    right = twice(4) == 20 && all(of_child(k) == 3k * (k + 1) ÷ 2 for k in 1:20)
    print(right ? "" : "the child has wrong code\n")
    exit(right ? 0 : 1)
end
function of_parent(n)
    s = 0
    for i in 1:n
        s -= 5i
    end
    return s
end
right = twice(4) == 20 && all(of_parent(k) == -5k * (k + 1) ÷ 2 for k in 1:20)
status = Ref{Cint}(-1)
ccall(:waitpid, Cint, (Cint, Ptr{Cint}, Cint), pid, status, 0)
println("parent ", right, ", child ", status[])
# CHECK: 6
# CHECK-NEXT: parent true, child 0
# CHECK-NOT: {{.}}
