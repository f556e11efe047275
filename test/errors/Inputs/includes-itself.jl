# SPDX-License-Identifier: MIT
include("includes-itself.jl")
