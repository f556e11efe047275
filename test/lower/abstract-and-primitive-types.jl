# RUN: %lig --dump=lowered %s | FileCheck %s
abstract type A{T} <: Number end
primitive type Q <: Integer 16 end
# CHECK: Core._abstracttype(Main, :A
# CHECK: Core._setsuper!(%{{[0-9]+}}, Main.Number)
# CHECK: Core._primitivetype(Main, :Q, %{{[0-9]+}}, 16)
