# RUN: %lig --dump=lowered %s | FileCheck %s
# A global method inside `let` shares the variables of the let.
let n = 0
    global count() = (n += 1)
end
# CHECK: %new(Core.Box)
# CHECK: method Main.count(%{{[0-9]+}}, %{{[0-9]+}}, %{{[0-9]+}}, %
# CHECK: method count
# CHECK: Core.setfield!(
