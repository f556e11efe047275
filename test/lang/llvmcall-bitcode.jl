# SPDX-License-Identifier: MIT
# A module may come as bitcode, which a compiler has made.
# RUN: printf 'static int twice(int x) { return 2 * x; } int f(int x) { return twice(x) + 1; }' > %t.c
# RUN: clang -O1 -g -emit-llvm -c -o %t.bc %t.c
# RUN: %lig %s %t.bc | FileCheck %s
# RUN: %lig --compile=min %s %t.bc | FileCheck %s
const bitcode = read(ARGS[1])
once(x) = Base.llvmcall((bitcode, "f"), Cint, Tuple{Cint}, x)
@eval through_a_constant(x) = Base.llvmcall(($(String(read(ARGS[1]))), "f"), Cint, Tuple{Cint}, x)
function total(n)
    s = 0
    for i in 1:n
        s += once(Cint(i)) + through_a_constant(Cint(i))
    end
    return s
end
# CHECK: 240
println(total(10))
