# SPDX-License-Identifier: MIT
# A C function that is nowhere does not keep a unit from being linked: what is bound in its place raises.
# RUN: %lig --dump=graph %s | FileCheck %s
try_missing(x) = x < 0 ? x : ccall(:no_such_function_anywhere, Clong, (Clong,), x)
println(try_missing(-1))
try
    try_missing(1)
catch e
    println(e)
end
# CHECK-LABEL: graph try_missing(Int64)
# CHECK:           call -> external missing no_such_function_anywhere
# CHECK:       {{^}}-1
# CHECK:       ErrorException("could not load symbol \"no_such_function_anywhere\"
