# SPDX-License-Identifier: MIT
# Arguments outside of where a function is defined, with what to do about it.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
report(f) = try f() catch e; showerror(stdout, e); println() end
n = -2
report(() -> 2^n)
report(() -> log(-1.0))
report(() -> throw(DomainError("x", "is no good")))
f(x) = sqrt(x)
f(-1.0)
# CHECK:      DomainError with -2:
# CHECK-NEXT: Cannot raise an integer x to a negative power -2.
# CHECK-NEXT: Make x or -2 a float by adding a zero decimal (e.g., 2.0^-2 or 2^-2.0 instead of 2^-2) or write 1/x^2, float(x)^-2, x^float(-2) or (x//1)^-2.
# CHECK-NEXT: DomainError with -1.0:
# CHECK-NEXT: log was called with a negative real argument but will only return a complex result if called with a complex argument. Try log(Complex(x)).
# CHECK-NEXT: DomainError with x:
# CHECK-NEXT: is no good
# CHECK-NEXT: ERROR: LoadError: DomainError with -1.0:
# CHECK-NEXT: sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x)).
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} f(x::Float64)
# CHECK-NEXT:    @ Main {{.*}}.jl:10
