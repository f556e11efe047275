# With --cache-level=object the unit says which object is its own, and JITLink links that; nothing is emitted or compiled.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s >%t/cold.out && \
# RUN: %lig --cache=on --cache-level=object --compile=all --stats %s 2>%t/warm >%t/warm.out && diff %t/cold.out %t/warm.out && \
# RUN: FileCheck --input-file=%t/warm %s
# CHECK: "llvm_loaded":true,"units_emitted":0,
# CHECK: "units_compiled":0,
# CHECK: "flat_binds":0,
# CHECK: "cache_hits":{{[1-9][0-9]*}},"cache_misses":0,"cache_errors":0
square(x) = x * x
println(square(12))
