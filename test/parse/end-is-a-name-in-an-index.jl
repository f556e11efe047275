# `end` and `begin` are names between the brackets of an index, at any depth.
# RUN: %lig --dump=ast %s | FileCheck %s
a[end]
a[f(end - 1)]
a[b[end], (end + 1) ÷ 2]
begin a[end] end
# CHECK:      (:ref, :a, :end)
# CHECK-NEXT: (:ref, :a, (:call, :f, (:call, :-, :end, 1)))
# CHECK-NEXT: (:ref, :a, (:ref, :b, :end), (:call, :÷, (:call, :+, :end, 1), 2))
# CHECK-NEXT: (:block, (:ref, :a, :end))
