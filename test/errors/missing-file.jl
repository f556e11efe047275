# SPDX-License-Identifier: MIT
# Files and modules that are not there.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
report(f) = try f() catch e; showerror(stdout, e); println() end
report(() -> @eval using NoSuchPackage)
report(() -> @eval using .NoSuchModule)
x = 3
report(() -> @eval using .x)
include("nofile.jl")
# CHECK:      ArgumentError: Package NoSuchPackage not found in current path.
# CHECK:      UndefVarError: `NoSuchModule` not defined in `Main`
# CHECK:      "x" does not name a module
# CHECK:      ERROR: LoadError: SystemError: opening file "{{.*}}/errors/nofile.jl": No such file or directory
# CHECK:      in expression starting at {{.*}}.jl:10
