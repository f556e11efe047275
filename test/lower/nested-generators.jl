# RUN: %lig --dump=lowered %s | FileCheck %s
# Several ranges make a product, several fors flatten.
f(a, b) = (i + j for i in a, j in b), (i + j for i in a for j in b)
# CHECK: method f
# CHECK: Base.Iterators.product(a, b)
# CHECK: Base.Iterators.flatten(
