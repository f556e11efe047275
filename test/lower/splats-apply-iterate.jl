# RUN: %lig --dump=lowered %s | FileCheck %s
# Splatted arguments are spread by Core._apply_iterate.
g(f, a, xs) = f(a, xs..., 2)
# CHECK: method g
# CHECK: Core.tuple(a)
# CHECK: Core.tuple(2)
# CHECK: Core._apply_iterate(Base.iterate, f, %{{[0-9]+}}, xs, %
