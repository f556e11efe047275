# `;` and line ends are the first dimension, `;;` the second, and so on.
# RUN: %lig --dump=ast %s | FileCheck %s
[a; b]
[a b
 c d]
[a ;; b]
[a; b ;; c; d ;;; e]
[a b ;;
 c]
[;;]
# CHECK:      (:vcat, :a, :b)
# CHECK-NEXT: (:vcat, (:row, :a, :b), (:row, :c, :d))
# CHECK-NEXT: (:ncat, 2, :a, :b)
# CHECK-NEXT: (:ncat, 3, (:nrow, 2, (:nrow, 1, :a, :b), (:nrow, 1, :c, :d)), :e)
# CHECK-NEXT: (:hcat, :a, :b, :c)
# CHECK-NEXT: (:ncat, 2)
