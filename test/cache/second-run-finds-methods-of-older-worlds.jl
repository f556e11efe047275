# A method that is not known by its hash is found by its description: there are two that are alike, the hash stands for the newer one,
# and code of the older one's world is bound.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on %s | FileCheck %s && \
# RUN: %lig --cache=on --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
next(x) = x + 1

function first_sum(n)
    total = 0
    for i in 1:n
        total += next(i)
    end
    return total
end

function second_sum(n)
    total = 1
    for i in 1:n
        total += 2 * next(i)
    end
    return total
end

# CHECK: 9
# CHECK-NEXT: 9
# CHECK-NEXT: 19
world = Base.get_world_counter()
println(first_sum(3))
next(x) = x + 1
println(first_sum(3))
println(Base.invoke_in_world(world, second_sum, 3))
# WARM: "llvm_loaded":false,"units_emitted":0,
# WARM: "flat_binds":{{[1-9]}}
