# SPDX-License-Identifier: MIT
# What is written while the function runs goes elsewhere, also when it throws; then output is as before.
# RUN: %lig %s 2>&1 | FileCheck %s
# RUN: %lig --compile=min %s 2>&1 | FileCheck %s
path = tempname()
# CHECK: before
println("before")
answer = open(path, "w") do io
    redirect_stdout(io) do
        println("to the file")
        flush(stdout)
        redirect_stderr(() -> println(stderr, "errors too"), io)
        42
    end
end
redirect_stdout(() -> println("lost"), devnull)
try
    redirect_stdout(() -> error("out of it"), devnull)
catch e
    # CHECK-NEXT: out of it 42
    println(e.msg, " ", answer)
end
# CHECK-NEXT: ["to the file", "errors too"]
println(readlines(path))
rm(path)
