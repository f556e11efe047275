# RUN: %lig --dump=lowered %s | FileCheck %s
# break leaves the whole `for i, j`; continue goes on with j.
function f()
    for i in 1:3, j in 1:3
        j == 2 && continue
        i == 2 && break
    end
    7
end
# CHECK: method f
# CHECK: Main.:==(j, 2)
# CHECK: Main.:==(i, 2)
# CHECK: return 7
