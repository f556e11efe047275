# SPDX-License-Identifier: MIT
# code_llvm shows one method's code; a call that several could take is refused.
# RUN: %lig %s | FileCheck %s
several(x::Int) = 1
several(x::String) = 2
for types in (Tuple{Any}, Tuple{Float64})
    try
        code_llvm(several, types)
    catch e
        println(e.msg)
    end
end
# CHECK: no unique matching method found for the specified argument types: several(::Any)
# CHECK: no unique matching method found for the specified argument types: several(::Float64)
