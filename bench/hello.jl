# SPDX-License-Identifier: MIT
# The least that a program can do: what a start costs.
println("hello, world")
