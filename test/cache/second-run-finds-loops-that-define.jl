# Top-level loops that declare globals or make constants are found like all code.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s && \
# RUN: sed 's/global later::Int/global later::Float64/' %s >%t/edited.jl && \
# RUN: %lig --cache=on --compile=all --stats %t/edited.jl 2>&1 | FileCheck --check-prefix=EDITED %s
for i in 1:4
    global total = i^2
end
for i in 1:2
    global later::Int
    later = i
end
# CHECK: 16 2
println(total, " ", later)
# WARM: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# EDITED: 16 2.0
# EDITED: "units_compiled":{{[1-9]}}
