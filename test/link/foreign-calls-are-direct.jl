# SPDX-License-Identifier: MIT
# A C function is called where it is: no stub, no lookup when the call is made.
# RUN: %lig --dump=graph %s | FileCheck %s --check-prefix=GRAPH
# RUN: %lig --stats -e 'f(n) = (s = 0; for i in 1:n; s += ccall(:labs, Clong, (Clong,), -i); end; s); println(f(100000))' 2>&1 | FileCheck %s
by_name(x) = ccall(:labs, Clong, (Clong,), x)
by_library(x) = ccall((:labs, "libc"), Clong, (Clong,), x)
by_name(-1) + by_library(-1)
# GRAPH-LABEL: graph by_name(Int64)
# GRAPH-NOT: jl_foreign_call
# GRAPH: call -> external labs
# GRAPH-LABEL: graph by_library(Int64)
# GRAPH: call -> external libc:labs
# CHECK: 5000050000
# CHECK: "foreign_missing":0
