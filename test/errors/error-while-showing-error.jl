# SPDX-License-Identifier: MIT
# An error in the method that would show the error: the plain form is shown.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
struct Unshowable <: Exception
    code::Int
end
Base.showerror(io::IO, e::Unshowable) = error("in showerror")
throw(Unshowable(5))
# CHECK:      ERROR: LoadError: Unshowable(5)
# CHECK-NEXT: Stacktrace:
# CHECK:      in expression starting at
