# RUN: %lig --dump=lowered %s | FileCheck %s
# @ccall spells the same call.
f(x) = @ccall abs(x::Cint)::Cint
# CHECK: method f
# CHECK: foreigncall(:abs, Main.Cint, (Main.Cint), %
