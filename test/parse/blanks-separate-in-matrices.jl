# In brackets a blank separates elements, and tells `-b` from `- b`.
# RUN: %lig --dump=ast %s | FileCheck %s
[a -b]
[a - b]
[a-b]
[f (x)]
[f(x)]
[a :b]
# CHECK:      (:hcat, :a, (:call, :-, :b))
# CHECK-NEXT: (:vect, (:call, :-, :a, :b))
# CHECK-NEXT: (:vect, (:call, :-, :a, :b))
# CHECK-NEXT: (:hcat, :f, :x)
# CHECK-NEXT: (:vect, (:call, :f, :x))
# CHECK-NEXT: (:hcat, :a, QuoteNode(:b))
