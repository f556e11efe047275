# What is :foldable only because the program says so is run at compile time, and may look at anything: nobody can tell whether it
# would come to the same in another program.
# RUN: export LIGATURE_CACHE_DIR=%t.cache && rm -rf %t.cache \
# RUN:   && for last in 3 4 3 4; do sed "s/LAST/$last/" %s > %t.jl && %lig --cache=on --compile=all %t.jl; done | FileCheck %s
# CHECK: 6, 3, 3, 4, 7
# CHECK-NEXT: 7, 4, 4, 5, 7
# CHECK-NEXT: 6, 3, 3, 4, 7
# CHECK-NEXT: 7, 4, 4, 5, 7
const numbers = [1, 2, LAST]
const cell = Ref(LAST)
const many = zeros(Int, LAST)
offset = LAST
Base.@assume_effects :foldable total(v) = (t = 0; for i in 1:3; t += v[i]; end; t)
Base.@assume_effects :foldable content(r) = r[]
Base.@assume_effects :foldable count_of(v) = length(v)
Base.@assume_effects :foldable shifted(x) = x + offset::Int
Base.@assume_effects :foldable honest(x) = x + 2
@noinline in_between(x) = shifted(x)
println(join(((() -> total(numbers))(), (() -> content(cell))(), (() -> count_of(many))(), (() -> in_between(1))(), (() -> honest(5))()), ", "))
