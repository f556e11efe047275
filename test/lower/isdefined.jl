# RUN: %lig --dump=lowered %s | FileCheck %s
function f(c)
    if c
        x = 1
    end
    @isdefined(x), @isdefined(println)
end
# CHECK: method f
# CHECK: Expr(:isdefined, x)
# CHECK: Expr(:isdefined, Main.println)
