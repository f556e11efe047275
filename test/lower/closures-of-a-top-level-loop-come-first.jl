# RUN: %lig --dump=lowered %s | FileCheck %s
# Methods of closures that do not depend on what the loop does are defined by a thunk of their own, so that the loop
# itself defines nothing and can be compiled.
for i in 1:2
    f = (x::Int) -> x + i
    f(i)
end
# CHECK-LABEL: thunk
# CHECK:         method {{.*}}#1#2
# CHECK-NOT:     goto
# CHECK-LABEL: thunk
# CHECK-NOT:     method
# CHECK:         iterate
# CHECK:         goto

# A type that the thunk itself makes is not known before it runs.
begin
    struct Late end
    for i in 1:1
        g = (x::Late) -> i
        g(Late())
    end
end
# CHECK-LABEL: thunk
# CHECK:         _structtype
# CHECK:         method #3
