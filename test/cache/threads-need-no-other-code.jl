# What runs with one thread is what runs with several: printing takes the same lock. So the second run finds everything.
# RUN: rm -rf %t && export LIGATURE_CACHE_DIR=%t && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all -t 4 --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
# CHECK: one, 2
println("one, ", 2)
# CHECK: three.
print("three")
print('.', '\n')
# CHECK: {{^x=4$}}
struct Shown end
Base.show(io::IO, ::Shown) = print(io, "x=", 4)
println(Shown())
# A lock is left when what is printed throws, and a task that prints while it is printed has it already.
struct Broken end
Base.show(io::IO, ::Broken) = error("cannot be shown")
# CHECK: cannot be shown
try
    println(Broken())
catch e
    println(e.msg)
end
# CHECK: afterwards
wait(Threads.@spawn println("afterwards"))
# WARM: "units_inferred":0,
# WARM-SAME: "llvm_loaded":false,
# WARM-SAME: "units_compiled":0,
