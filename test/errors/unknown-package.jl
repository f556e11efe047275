# RUN: not %lig %s 2>&1 | FileCheck --match-full-lines %s
println("before")
using NoSuchPackage
# CHECK:      before
# CHECK:      ERROR: LoadError: ArgumentError: Package NoSuchPackage not found in current path.
# CHECK-NEXT: - Run `import Pkg; Pkg.add("NoSuchPackage")` to install the NoSuchPackage package.
# CHECK:      in expression starting at {{.*}}unknown-package.jl:3
