# RUN: %lig --dump=lowered %s | FileCheck %s
# iterate, until nothing.
function f(xs)
    for x in xs
        print(x)
    end
end
# CHECK: method f
# CHECK: [[N:@_[0-9]+]] = Base.iterate(
# CHECK: Core.:===([[N]], nothing)
# CHECK: x = Core.getfield([[N]], 1)
# CHECK: Main.print(x)
# CHECK: [[N]] = Base.iterate(
# CHECK: Core.:===([[N]], nothing)
# CHECK-NEXT: goto #3 if not
