# What a program asked for is found again in trees: without the records themselves, and only while all that they rest on is as it was.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE=on LIGATURE_CACHE_STORE=files LIGATURE_CACHE_DIR=%t/cache && run() { %lig --compile=all --stats "$@" 2>&1; } && \
# RUN: remove() { python3 %S/Inputs/change_entries.py %root remove "$@"; } && \
# RUN: sed 's/^step(x) = .*/step(x) = x - 1/' %s >%t/edited.jl && \
# RUN: run %s | FileCheck --check-prefix=COLD %s && \
# RUN: cp -r %t/cache %t/copy && remove infer && \
# RUN: run %s | FileCheck --check-prefix=WARM %s && \
# RUN: rm -rf %t/cache && cp -r %t/copy %t/cache && \
# RUN: run %t/edited.jl | FileCheck --check-prefix=EDITED %s && \
# RUN: run %t/edited.jl | FileCheck --check-prefix=AGAIN %s && \
# RUN: run %s | FileCheck --check-prefix=BACK %s && \
# RUN: rm -rf %t/cache && cp -r %t/copy %t/cache && remove infer-trees && \
# RUN: run %s | FileCheck --check-prefix=ONE-BY-ONE %s && remove infer && \
# RUN: run %s | FileCheck --check-prefix=WARM %s
#
# COLD: [2, 3, 4]
# COLD: a-b true
# COLD: "units_inferred":{{[1-9]}}
# COLD: "inference_trees":0
# WARM: [2, 3, 4]
# WARM: a-b true
# WARM: "units_inferred":0,
# WARM: "inferences_missing":0,"inferences_refused":0,"inference_trees":{{[1-9]}}
# EDITED: [0, 1, 2]
# EDITED: "units_inferred":{{[1-9]}}
# EDITED: "inferences_found":{{[1-9][0-9]}}
# AGAIN: [0, 1, 2]
# AGAIN: "units_inferred":0,
# AGAIN: "inferences_missing":0,"inferences_refused":0,"inference_trees":{{[1-9]}}
# The records of `step` are those of the program before it was edited, the tree is the other's.
# BACK: [2, 3, 4]
# BACK: a-b true
# BACK: "units_inferred":0,
# BACK: "inferences_missing":0,"inferences_refused":0,"inference_trees":{{[1-9]}}
# ONE-BY-ONE: [2, 3, 4]
# ONE-BY-ONE: a-b true
# ONE-BY-ONE: "units_inferred":0,
# ONE-BY-ONE: "inferences_missing":0,"inferences_refused":0,"inference_trees":0
step(x) = x + 1
steps(xs) = [step(x) for x in xs]
even(n) = n == 0 || odd(n - 1) # each rests on the other
odd(n) = n != 0 && even(n - 1)
println(steps([1, 2, 3]))
println(join(sort(["b", "a"]), "-"), " ", even(10))
