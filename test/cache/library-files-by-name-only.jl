# What a program defines in a module of the library is the program's, whatever it calls the text that it comes from.
# RUN: export LIGATURE_CACHE_DIR=%t.cache && rm -rf %t.cache \
# RUN:   && for n in 1 2 1 2; do sed "s/NUMBER/$n/g" %s > %t.jl && %lig --cache=on --compile=all %t.jl; done | FileCheck %s
# CHECK: 2 5 3
# CHECK-NEXT: 3 8 4
# CHECK-NEXT: 2 5 3
# CHECK-NEXT: 3 8 4
include_string(Base, "added(x) = x + NUMBER\nmake_adder(y) = x -> x + y * NUMBER\nconst adder = x -> x + NUMBER\n", "./additions.jl")
f(x) = Base.added(x)
g(x) = Base.make_adder(3)(x)
h(x) = Base.adder(x)
println(f(1), " ", g(2), " ", h(2))
