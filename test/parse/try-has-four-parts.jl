# What is missing is `false`; `else` comes last in the tree.
# RUN: %lig --dump=ast %s | FileCheck %s
try a catch e; b end
try a finally b end
try
    a
catch
    b
else
    c
finally
    d
end
# CHECK:      (:try, (:block, :a), :e, (:block, :b))
# CHECK-NEXT: (:try, (:block, :a), false, false, (:block, :b))
# CHECK-NEXT: (:try, (:block, :a), false, (:block, :b), (:block, :d), (:block, :c))
