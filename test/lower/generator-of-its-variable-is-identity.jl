# RUN: %lig --dump=lowered %s | FileCheck %s
# (x for x in xs) needs no function of its own.
f(xs) = (x for x in xs)
# CHECK: method f
# CHECK: Base.Generator(Base.identity, xs)
