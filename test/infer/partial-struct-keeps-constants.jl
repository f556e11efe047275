# A constant field is known after the object was made.
# RUN: %lig --dump=typed %s | FileCheck %s
struct Q; n::Int; tag::Symbol; end
function f(n)
    q = Q(n, :a)
    return q.tag === :a ? 1 : "no"
end
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 1
