# What lies in a module is known by the module's name. Where another module has taken that name, or never gave it up, the first one's
# functions, types and globals must not be taken for the other's: not in the first run either.
# RUN: export LIGATURE_CACHE_DIR=%t.cache && rm -rf %t.cache && for i in 1 2 3; do %lig --cache=on --compile=all %s 2>&1; done | FileCheck %s
# CHECK: WARNING: replacing module M.
# CHECK-NEXT: 1 2, 1 2, true false false true, 7 5
# CHECK-NEXT: WARNING: replacing module M.
# CHECK-NEXT: 1 2, 1 2, true false false true, 7 5
# CHECK-NEXT: WARNING: replacing module M.
# CHECK-NEXT: 1 2, 1 2, true false false true, 7 5
module M
number = 1
global_of() = number
struct S end
callee() = 1
call() = callee()
end
const old_global, old_call, OldS = M.global_of, M.call, M.S
module M
number = 2
global_of() = number
struct S end
callee() = 2
call() = callee()
end
run(f) = f()
is_old(x) = x isa OldS
is_new(x) = x isa M.S

number = 7
global_of() = number
another = Module(:Main)
Core.eval(another, :(number = 5; global_of() = number))
println(run(old_global), " ", run(M.global_of), ", ", run(old_call), " ", run(M.call), ", ",
        is_old(OldS()), " ", is_new(OldS()), " ", is_old(M.S()), " ", is_new(M.S()), ", ",
        run(global_of), " ", Base.invokelatest(run, another.global_of))
