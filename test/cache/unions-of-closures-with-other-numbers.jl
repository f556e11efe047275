# The numbers in the names of closures do not matter, nor does where one of them gets a digit more.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && for i in 1 2 3 4 5 6 7 8 9 10; do \
# RUN:   (for j in $(seq $i); do echo "unrelated$j = x -> x + $j"; done; cat %s) >%t/$i.jl; done && \
# RUN: %lig --cache=on --compile=all %t/1.jl >%t/out && FileCheck --input-file=%t/out %s && for i in 2 3 4 5 6 7 8 9 10; do \
# RUN:   %lig --cache=on --compile=all --stats %t/$i.jl 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s || exit 1; done
for f in (() -> 1, () -> 2.0, () -> "three")
    # CHECK: 1
    # CHECK-NEXT: 2.0
    # CHECK-NEXT: three
    println(f())
end
# WARM: "units_compiled":0
