# SPDX-License-Identifier: MIT
# An expression that contains itself ends in an exception wherever it is walked.
# RUN: %lig %s | FileCheck %s
x = Expr(:call, :f)
push!(x.args, x)
function caught(f)
    try
        f(x)
        println("returned")
    catch e
        println(typeof(e))
    end
end
# CHECK: StackOverflowError
caught(copy)
# CHECK-NEXT: StackOverflowError
caught(string)
# CHECK-NEXT: ErrorException
caught(eval)
# CHECK-NEXT: StackOverflowError
caught(y -> y == deepcopy(x))
