# RUN: %lig --dump=lowered %s | FileCheck %s
# Base.sin is a global of Base; a.b of a variable is a property.
f(x) = Base.sin(x.y)
# CHECK: method f
# CHECK: Base.getproperty(x, :y)
# CHECK: Base.sin(%
