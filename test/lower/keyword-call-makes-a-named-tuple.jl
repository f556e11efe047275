# RUN: %lig --dump=lowered %s | FileCheck %s
# Keywords travel as a NamedTuple.
g(f, x) = f(x; a=1, b=x)
# CHECK: method g
# CHECK: [[V:%[0-9]+]] = Core.tuple(1, x)
# CHECK: Core.apply_type(Core.NamedTuple, (:a, :b), %
# CHECK: [[N:%[0-9]+]] = %splatnew(%{{[0-9]+}}, [[V]])
# CHECK: Core.kwcall([[N]], f, x)
