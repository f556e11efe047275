# RUN: %lig --dump=lowered %s | FileCheck %s
# cconvert keeps the value alive, unsafe_convert gives what is passed.
f(s) = ccall(:strlen, Csize_t, (Cstring,), s)
# CHECK: method f
# CHECK: [[R:%[0-9]+]] = Base.cconvert(Main.Cstring, s)
# CHECK: [[V:%[0-9]+]] = Base.unsafe_convert(Main.Cstring, [[R]])
# CHECK: foreigncall(:strlen, Main.Csize_t, (Main.Cstring), [[V]], [[R]])
