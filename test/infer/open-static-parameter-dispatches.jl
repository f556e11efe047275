# A method whose static parameter is not known from the argument types is not invoked directly.
# RUN: %lig --dump=typed %s | FileCheck %s
struct Wrap{T}; x::T; end
@noinline param(w::Wrap{T}) where {T} = T
f(v) = param(v[1])
println(f(Wrap[Wrap(1)]))
# CHECK-LABEL: typed f(::Vector{Wrap})
# CHECK-NOT: invoke Main.param
# CHECK: Main.param(%{{[0-9]+}})
# CHECK: Int64
