# What is kept, whole and sealed, but is not what compiling gives: --cache=verify names it, counts it, and replaces it.
# UNSUPPORTED: sanitized
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && PLANT='python3 %S/Inputs/plant.py %build/lib/libligature.so' && \
# RUN: %lig --cache=on %s && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=RIGHT %s && \
# RUN: $PLANT unit $(%lig cache list | awk '$1 == "unit" { print $2 }') && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=UNIT %s && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=RIGHT %s && \
# RUN: $PLANT object $(%lig cache list | awk '$1 == "object" { print $2 }') && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=OBJECT %s && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=RIGHT %s && \
# RUN: $PLANT infer-trees $(%lig cache list | awk '$1 == "infer-trees" { print $2 }') && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=TREE %s && \
# RUN: %lig --cache=verify --stats %s 2>&1 | FileCheck --check-prefix=RIGHT %s && \
# RUN: %lig --cache=on --stats %s 2>&1 | FileCheck --check-prefix=WARM %s
function thrice(n)
    s = 0
    for i in 1:n
        s += 3i
    end
    return s
end
println(thrice(10))
# RIGHT-NOT: warning
# RIGHT: 165
# RIGHT-NOT: warning
# RIGHT: "cache_errors":0,
# RIGHT: "units_verified":{{[1-9]}}
# UNIT: warning: cache: the unit that is kept of thrice(Int64) has other code than compiling it gives; replaced
# UNIT: 165
# UNIT: "cache_errors":{{[1-9]}}
# OBJECT: warning: cache: the object that is kept of thrice(Int64) is not what compiling it gives; replaced
# OBJECT: 165
# OBJECT: "cache_errors":{{[1-9]}}
# TREE: 165
# TREE: warning: cache: a tree of inferences is not what inference finds; replaced
# TREE: "cache_errors":{{[1-9]}}
# WARM: 165
# WARM: "llvm_loaded":false
