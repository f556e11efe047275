# An assignment in a top-level loop that shadows a global is worth a warning, in Julia's form.
# RUN: not %lig %s 2>&1 | FileCheck %s
s = 0
for i in 1:3
    s += i
end
# CHECK:      ┌ Warning: Assignment to `s` in soft scope is ambiguous because a global variable by the same name exists: `s` will be treated as a new local. Disambiguate by using `local s` to suppress this warning or `global s` to assign to the existing global variable.
# CHECK-NEXT: └ @ {{.*}}soft-scope-warning.jl:5
# CHECK-NEXT: ERROR: LoadError: UndefVarError: `s` not defined in local scope
# CHECK:      soft-scope-warning.jl:5
