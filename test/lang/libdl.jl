# SPDX-License-Identifier: MIT
# Libraries by hand; what is not there raises what the dynamic linker says, or gives nothing where that was asked for.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
using Libdl
library = dlopen("libm")
# CHECK: true libm.so.6 libm.so.6
println(library != C_NULL, " ", basename(dlpath(library)), " ", basename(dlpath("libm")))
cosine = dlsym(library, :cos)
# CHECK-NEXT: 1.0 1.0
println(ccall(cosine, Cdouble, (Cdouble,), 0.0), " ", @ccall $cosine(0.0::Cdouble)::Cdouble)
# CHECK-NEXT: nothing true
println(dlsym(library, :nope; throw_error=false), " ", dlsym_e(library, "nope") == C_NULL)
function message(f)
    try
        f()
    catch e
        println(sprint(showerror, e))
    end
end
# CHECK-NEXT: could not load symbol "nope":
# CHECK-NEXT: libm.so.6: undefined symbol: nope
message(() -> dlsym(library, :nope))
# CHECK-NEXT: could not load library "libnope"
# CHECK-NEXT: libnope.so: cannot open shared object file: No such file or directory
message(() -> dlopen("libnope"))
# CHECK-NEXT: nothing true
println(dlopen("libnope"; throw_error=false), " ", dlopen_e("libnope") == C_NULL)
# CHECK-NEXT: true libm true so
println(dlclose(library), " ", find_library(["libnope", "libm"]), " ", find_library("libnope") == "", " ", dlext)
# CHECK-NEXT: true true
println(dlopen(l -> dlsym(l, :sin) != C_NULL, "libm"), " ", any(endswith("libc.so.6"), dllist()))
# CHECK-NEXT: 257
println(RTLD_LAZY | RTLD_GLOBAL)
