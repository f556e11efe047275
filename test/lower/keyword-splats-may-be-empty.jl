# RUN: %lig --dump=lowered %s | FileCheck %s
# f(x; kw...) is f(x) when there are none.
g(f, kw) = f(1; kw...)
# CHECK: method g
# CHECK: Base.merge(
# CHECK: Base.isempty(
# CHECK: f(1)
# CHECK: Core.kwcall(
