# Folding reads fields that never change from a constant object that may: two programs in which the object of this name holds
# something else there do not share code.
# RUN: export LIGATURE_CACHE_DIR=%t.cache && rm -rf %t.cache && for lig in "%lig --cache=on" "%lig --cache=on --compile=all"; do \
# RUN:   for level in 1 2 1 2; do sed "s/LEVEL/$level/; s/ARRAY/a$level/" %s > %t.jl && $lig %t.jl; done; done | FileCheck %s
# CHECK: 1, 1, 1, 2, 2, 10
# CHECK-NEXT: 2, 2, 2, 3, 3, 20
# CHECK-NEXT: 1, 1, 1, 2, 2, 10
# CHECK-NEXT: 2, 2, 2, 3, 3, 20
# CHECK-NEXT: 1, 1, 1, 2, 2, 10
# CHECK-NEXT: 2, 2, 2, 3, 3, 20
# CHECK-NEXT: 1, 1, 1, 2, 2, 10
# CHECK-NEXT: 2, 2, 2, 3, 3, 20
mutable struct Settings
    const level::Int
    const values::Vector{Int}
end
struct Holder
    settings::Settings
end
const a1 = [10]
const a2 = [20]
const settings = Settings(LEVEL, ARRAY)

@eval spliced() = $settings.level
@eval held() = $(Holder(settings)).settings.level
@noinline get_settings() = settings
through_a_call() = get_settings().level
next_level(s) = s.level + 1
@eval called() = next_level($settings)
@generated generated(x) = :($settings.level + x)
in_the_array() = settings.values[1]
println(join((spliced(), held(), through_a_call(), called(), generated(1), in_the_array()), ", "))
