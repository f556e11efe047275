# The second run finds what the first one compiled: in another folder, with other threads, after an unrelated change.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all --stats %s 2>%t/cold >%t/cold.out && FileCheck --check-prefix=COLD --input-file=%t/cold %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>%t/warm >%t/warm.out && FileCheck --check-prefix=WARM --input-file=%t/warm %s && \
# RUN: diff %t/cold.out %t/warm.out && FileCheck --input-file=%t/warm.out %s && \
# RUN: cp %s %t/moved.jl && cd %t && %lig --cache=on --compile=all --stats moved.jl 2>&1 >/dev/null | FileCheck --check-prefix=WARM %s && \
# RUN: %lig -t 4 --cache=on --compile=all moved.jl >/dev/null && \
# RUN: %lig -t 4 --cache=on --compile=all --stats moved.jl 2>&1 >/dev/null | FileCheck --check-prefix=WARM %s && \
# RUN: sed 's/^unrelated(x) = .*/unrelated(x) = x .- (1, 2)/' %s >%t/edited.jl && \
# RUN: %lig --cache=on --compile=all --stats edited.jl 2>&1 >/dev/null | FileCheck --check-prefix=EDITED %s
# COLD: "units_compiled":{{[1-9]}}
# COLD: "cache_hits":0,"cache_misses":{{[1-9][0-9]*}},"cache_errors":0
# COLD: "units_found":0}
# WARM: "units_inferred":0,
# WARM-SAME: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# WARM: "flat_refused":0,"flat_damaged":0
# WARM: "cache_hits":0,"cache_misses":0,"cache_errors":0
# WARM: "units_found":{{[1-9]}}
# EDITED: "units_compiled":{{[1-3]}},
# EDITED: "cache_misses":{{[1-3]}},"cache_errors":0
unrelated(x) = x .+ (1, 2)
function sum_of_squares(n)
    s = 0.0
    for i in 1:n
        s += i^2
    end
    return s
end
struct Point{T}
    x::T
    y::T
end
Base.:+(a::Point, b::Point) = Point(a.x + b.x, a.y + b.y)
words(s) = join(sort(unique(split(s))), ',')
# CHECK: 385.0
println(sum_of_squares(10))
# CHECK-NEXT: Point{Int64}(4, 6)
println(Point(1, 2) + Point(3, 4))
# CHECK-NEXT: a,b,c
println(words("b a c a b"))
println(map(x -> unrelated(x), [1, 2]))
# CHECK: true Any[Float64]
println(precompile(sum_of_squares, (Float64,)), " ", Base.return_types(sum_of_squares, (Float64,)))
