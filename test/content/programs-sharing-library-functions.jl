# Two programs give a function of the library other methods to call: what is found for both is kept, and neither undoes the other's.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && sed 's/struct Shown/struct Other/; s/::Shown/::Other/; s/Shown(/Other(/; s/"shown "/"other "/' %s > %t/other.jl && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && %lig --cache=on --compile=all %t/other.jl | FileCheck --check-prefix=OTHER %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,AGAIN %s && \
# RUN: %lig --cache=on --compile=all --stats %t/other.jl 2>&1 | FileCheck --check-prefixes=OTHER,AGAIN %s
# CHECK: shown 1
# OTHER: other 1
# AGAIN: "units_inferred":0,
struct Shown
    x::Int
end
Base.show(io::IO, a::Shown) = print(io, "shown ", a.x)
println(Any[Shown(1), "x"])
