# RUN: %lig --dump=lowered %s | FileCheck %s
# A splat before end counts by its length.
f(a, i) = a[i..., end]
# CHECK: method f
# CHECK: Base.length(i)
# CHECK: Base.:+(1, %
# CHECK: Base.lastindex(a, %
