# RUN: %lig --dump=lowered %s | FileCheck %s
# `::T` behind a signature converts what is returned.
f(x)::Float64 = x
# CHECK: method f
# CHECK: Core.isa(
# CHECK: Base.convert(
# CHECK: Core.typeassert(
