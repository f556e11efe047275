# RUN: %lig --dump=lowered %s | FileCheck %s
# [g(x) for x in xs if c(x)]
f(xs, c) = [2x for x in xs if c(x)]
# CHECK: method f
# CHECK: Base.Iterators.filter(
# CHECK: Base.Generator(
# CHECK: Base.collect(
