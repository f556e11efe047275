# RUN: %lig --dump=lowered %s | FileCheck %s
# The name is set before field types are evaluated, since they may mention it.
struct N
    next::Union{N,Nothing}
end
# CHECK: Core._structtype(Main, :N, %
# CHECK: Core._setsuper!(
# CHECK: const Main.N = %
# CHECK: Core.apply_type(Main.Union, Main.N
# CHECK: Core._typebody!(
# CHECK: method N
