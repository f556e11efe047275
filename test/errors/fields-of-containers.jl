# SPDX-License-Identifier: MIT
# Fields that a tuple, a named tuple, a dictionary or a parametric type does not have.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
report(f) = try f() catch e; showerror(stdout, e); println() end
struct Box2{T}
    value::T
end
struct Empty end
report(() -> (1, 2).x)
report(() -> (a = 1, b = 2).x)
report(() -> Box2(1).x)
report(() -> Empty().x)
d = Dict("a" => 1)
d.a
# CHECK:      FieldError: type Tuple has no field `x`, available fields: `1`, `2`
# CHECK-NEXT: FieldError: type NamedTuple has no field `x`, available fields: `a`, `b`
# CHECK-NEXT: FieldError: type Box2 has no field `x`, available fields: `value`
# CHECK-NEXT: FieldError: type Empty has no field `x`; Empty has no fields at all.
# CHECK-NEXT: ERROR: LoadError: FieldError: type Dict has no field `a`
# CHECK-NEXT: Did you mean to access dict values using key: `:a` ? Consider using indexing syntax dict[:a]
