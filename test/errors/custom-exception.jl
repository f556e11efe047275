# SPDX-License-Identifier: MIT
# Shown like any struct, or as its showerror says.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
struct Plain <: Exception
    code::Int
end
struct Worded <: Exception
    code::Int
end
Base.showerror(io::IO, e::Worded) = print(io, "Worded with code ", e.code)
try
    throw(Plain(3))
catch e
    throw(Worded(4))
end
# CHECK:      ERROR: LoadError: Worded with code 4
# CHECK:      caused by: Plain(3)
# CHECK-NEXT: Stacktrace:
