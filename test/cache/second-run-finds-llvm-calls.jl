# Calls of LLVM IR are found by the IR: compiled, at top level, with functions that were not optimised; another text is compiled.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s && \
# RUN: sed 's/mul i64/sub i64/' %s >%t/edited.jl && \
# RUN: %lig --cache=on --compile=all --stats %t/edited.jl 2>&1 | FileCheck --check-prefix=EDITED %s
add(x, y) = Base.llvmcall("%3 = add i64 %0, %1\nret i64 %3", Int64, Tuple{Int64,Int64}, x, y)
const with_helper = """
    declare i64 @labs(i64)
    define internal i64 @helper(i64 %x) noinline optnone {
      %w = call i64 @labs(i64 %x)
      ret i64 %w
    }
    define i64 @entry(i64 %x) {
    top:
      %r = call i64 @helper(i64 %x)
      ret i64 %r
    }
    """
size(x) = Base.llvmcall((with_helper, "entry"), Int64, Tuple{Int64}, x)
# CHECK: 7 8 12
println(add(3, 4), " ", size(-8), " ", Base.llvmcall("%3 = mul i64 %0, %1\nret i64 %3", Int64, Tuple{Int64,Int64}, 3, 4))
# WARM: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# EDITED: 7 8 -1
# EDITED: "units_compiled":1,
