# A type in a unit is the same when it is shown, variables and all, after it was found again.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck %s --check-prefixes=CHECK,WARM
struct Box{T}
    x::T
end
show_all() = (println(Box{R} where R<:Real); println(Vector{<:Number}); println(Tuple{Vararg{S}} where S>:Int); println(Box))
# CHECK: Box{R} where R<:Real
# CHECK-NEXT: Vector{<:Number}
# CHECK-NEXT: Tuple{Vararg{S}} where S>:Int64
# CHECK-NEXT: Box
show_all()
# WARM: "llvm_loaded":false
