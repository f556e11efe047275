# SPDX-License-Identifier: MIT
# determinism: skip, it kills itself
# What was printed comes out while the program goes on computing, and is not lost when it is killed.
# warm: skip, it kills itself, and so leaves no counters
# RUN: not --crash %lig %s > %t && FileCheck %s < %t
# CHECK: first
println("first")
start = time_ns()
while time_ns() - start < 500_000_000
end
println("never seen")
ccall(:raise, Cint, (Cint,), 9)
