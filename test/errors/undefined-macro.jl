# SPDX-License-Identifier: MIT
# Named with its sign.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
@nosuchmacro 1
# CHECK:      ERROR: LoadError: LoadError: UndefVarError: `@nosuchmacro` not defined in `Main`
# CHECK:      in expression starting at {{.*}}.jl:5
# CHECK-NEXT: in expression starting at {{.*}}.jl:5
