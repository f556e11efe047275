# SPDX-License-Identifier: MIT
# A C function is named by a symbol or string, with its library by a literal, a constant or a computed tuple, or is a pointer. What is missing raises when it is called.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
const libc, libm = "libc", :libm
by_symbol(x) = ccall(:labs, Clong, (Clong,), x)
by_string(x) = ccall("labs", Clong, (Clong,), x)
by_tuple(x) = ccall((:labs, "libc"), Clong, (Clong,), x)
by_constant(x) = ccall((:labs, libc), Clong, (Clong,), x)
by_symbol_of_library(x) = ccall((:fabs, libm), Cdouble, (Cdouble,), x)
by_computed(name, library, x) = ccall((name, library), Clong, (Clong,), x)
by_macro(x) = @ccall libc.labs(x::Clong)::Clong
by_macro_literal(x) = @ccall "libc".labs(x::Clong)::Clong
gc_safe(x) = @ccall gc_safe = true labs(x::Clong)::Clong
all_of(x) = (by_symbol(x), by_string(x), by_tuple(x), by_constant(x), by_symbol_of_library(x), by_computed(:labs, "libc", x),
             by_macro(x), by_macro_literal(x), gc_safe(x))
# CHECK: (3, 3, 3, 3, 3.0, 3, 3, 3, 3)
println(all_of(-3))
function message(f, args...)
    try
        f(args...)
    catch e
        println(typeof(e), ": ", sprint(showerror, e))
    end
end
missing_symbol(x) = x ? 1 : ccall((:no_such_function, "libm"), Cint, ())
missing_library(x) = x ? 2 : ccall((:no_such_function, "libnowhere"), Cint, ())
missing_everywhere(x) = x ? 3 : ccall(:no_such_function, Cint, ())
# CHECK-NEXT: (1, 2, 3)
println((missing_symbol(true), missing_library(true), missing_everywhere(true)))
# CHECK-NEXT: ErrorException: could not load symbol "no_such_function":
# CHECK-NEXT: libm.so.6: undefined symbol: no_such_function
message(missing_symbol, false)
# CHECK-NEXT: ErrorException: could not load library "libnowhere"
# CHECK-NEXT: libnowhere.so: cannot open shared object file: No such file or directory
message(missing_library, false)
# CHECK-NEXT: ErrorException: could not load symbol "no_such_function":
# CHECK-NEXT: undefined symbol: no_such_function
message(missing_everywhere, false)
# CHECK-NEXT: ErrorException: could not load library "libnowhere"
# CHECK-NEXT: libnowhere.so
message(by_computed, :labs, "libnowhere", 1)
call_pointer(p) = ccall(p, Clong, (Clong,), -7)
# CHECK-NEXT: 7
println(call_pointer(cglobal(:labs)))
# CHECK-NEXT: ErrorException: ccall: the function pointer is null
message(call_pointer, C_NULL)

# Variable arguments: doubles and integers both arrive.
function formatted(a, b, c)
    buffer = zeros(UInt8, 60)
    n = @ccall snprintf(buffer::Ptr{UInt8}, 60::Csize_t, "%g %d %s %g %hhd"::Cstring; a::Cdouble, b::Cint, "text"::Cstring,
                        c::Cfloat, (-3)::Int8)::Cint
    return String(buffer[1:n])
end
# CHECK-NEXT: 1.5 42 text 0.25 -3
println(formatted(1.5, 42, 0.25))
parsed(text) = (r = Ref{Cint}(0); s = Ref{Cdouble}(0); ccall(:sscanf, Cint, (Cstring, Cstring, Ptr{Cvoid}...), text, "%d %lf", r, s); (r[], s[]))
# CHECK-NEXT: (17, -2.5)
println(parsed("17 -2.5"))
# The address of a variable.
environment() = unsafe_load(cglobal(:environ, Ptr{Ptr{UInt8}}))
# CHECK-NEXT: true Ptr{Int32}
println(environment() != C_NULL, " ", typeof(cglobal((:environ, "libc"), Cint)))
# CHECK-NEXT: ErrorException: could not load symbol "no_such_variable":
message(() -> cglobal(:no_such_variable, Cint))
