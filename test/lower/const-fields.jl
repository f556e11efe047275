# RUN: %lig --dump=lowered %s | FileCheck %s
# Their indices go to _structtype.
mutable struct M
    const a
    b
end
# CHECK: [[C:%[0-9]+]] = Core.svec(1)
# CHECK: Core._structtype(Main, :M, %{{[0-9]+}}, %{{[0-9]+}}, [[C]], true, 2)
