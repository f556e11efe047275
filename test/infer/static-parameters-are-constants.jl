# Type parameters of the signature are known.
# RUN: %lig --dump=typed %s | FileCheck %s
f(v::Vector{T}) where {T} = sizeof(T)
f([1])
# CHECK-LABEL: typed f(::Vector{Int64})
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 8
