# SPDX-License-Identifier: MIT
# The listing of the seed's example depends on its source alone: not on the process, on a thousand other
# functions that were defined, compiled and redefined before, on whether it ran, nor on threads.
# RUN: %lig %s > %t.plain
# RUN: %lig %s > %t.again
# RUN: %lig %s others > %t.others
# RUN: %lig -t 4 %s others > %t.threads
# RUN: %lig %s ran > %t.ran
# RUN: %lig -t 4 %s others ran > %t.everything
# RUN: cmp %t.plain %t.again
# RUN: cmp %t.plain %t.others
# RUN: cmp %t.plain %t.threads
# RUN: cmp %t.plain %t.ran
# RUN: cmp %t.plain %t.everything
# RUN: FileCheck %s < %t.plain
# RUN: FileCheck %s --check-prefix=NAMES < %t.plain

if "others" in ARGS
    for i in 1:1000
        name = Symbol("other_", i)
        # Each has a closure and a call to a function of its own, and is compiled: it loops.
        @eval @noinline $(Symbol("inner_", i))(x) = x + $(float(i))
        @eval function $name(x)
            s = 0.0
            for k in 1:2
                s += $(Symbol("inner_", i))(x)
            end
            f = y -> y * s
            return f(2.0)
        end
        i % 4 == 0 && @eval $name(1)
        if i % 10 == 0
            @eval $(Symbol("inner_", i))(x) = x - 1.0
            i % 20 == 0 && @eval $name(2)
        end
    end
end

module Elsewhere
foo(x) = x
baz(x) = foo(foo(x))
baz(1)
end

@noinline foo(x) = x + 2.0
baz(x) = foo(foo(x))

if "ran" in ARGS
    baz(1) == 5.0 || error("baz")
    for i in 1:2000
        baz(i)
        foo(i)
    end
end

code_llvm(baz, (Int64,); dump_module=true, optimize=false)

# CHECK: @"+Core.Float64#_0" = external global ptr
# CHECK-NOT: external global
# CHECK: ; Function Signature: baz(Int64)
# CHECK: define {{.*}}double @julia_baz_0(
# CHECK: call double @j_foo_0(
# CHECK: call double @j_foo_1(
# CHECK: define {{.*}}ptr @jfptr_baz_0(
# CHECK: load ptr, ptr @"+Core.Float64#_0"
# CHECK: ; Function Signature: foo(Int64)
# CHECK: declare {{.*}}@j_foo_0(
# CHECK: ; Function Signature: foo(Float64)
# CHECK: declare {{.*}}@j_foo_1(
# CHECK: "julia.fsig"="baz(Int64)"

# No other name ends in a number, and none is an address.
# NAMES-NOT: inttoptr
# NAMES-NOT: {{@"?(julia_baz|jfptr_baz)_[1-9]}}
# NAMES-NOT: {{@"?j_foo_([2-9]|1[0-9])}}
# NAMES-NOT: {{@"?j_[^f]}}
# NAMES-NOT: {{@"[^+"]*#}}
