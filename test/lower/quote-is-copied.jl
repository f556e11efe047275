# RUN: %lig --dump=lowered %s | FileCheck %s
# A quotation without interpolation is a constant, copied each time.
f() = :(x + 1)
# CHECK: method f
# CHECK: Expr(:copyast, $(Expr(:call, Symbol("+"), :x, 1)))
