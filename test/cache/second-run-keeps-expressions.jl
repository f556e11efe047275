# Expressions may change: the second run's code holds those of its own session, not others that look alike; and where the file lies
# says nothing.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s && \
# RUN: (for i in 1 2 3; do echo; done && cat %s) >%t/moved.jl && \
# RUN: %lig --cache=on --compile=all --stats %t/moved.jl 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
const known = :(a + b)
pick(x) = x ? known : nothing
is_known(x) = x === known
push_one(n) = (push!(pick(true).args, n); length(known.args))
# CHECK: true true 4
println(pick(true) === known, " ", is_known(pick(true)), " ", push_one(1))
# Quoted code is a new copy each time; what a macro quotes is the same each time.
function adder(n)
    f = @eval x -> x + $n
    return Base.invokelatest(f, 1)
end
macro shown(ex)
    return :(show_it($(QuoteNode(ex)), $(esc(ex))))
end
show_it(ex, value) = string(ex, " = ", value)
function sums(n)
    text = ""
    for i in 1:n
        text *= @shown(i + 1) * "; "
    end
    return text
end
quoted(x) = quote
    $x + 1
end
constant_text() = :(p + q)
# CHECK-NEXT: 3 i + 1 = 2; i + 1 = 3;
println(adder(2), " ", sums(2))
for k in 1:2
    println(@shown(k * 2), " ", eval(quoted(k)), " ", constant_text())
end
# CHECK-NEXT: k * 2 = 2 2 p + q
# CHECK-NEXT: k * 2 = 4 3 p + q
line_of_quoted() = quoted(1).args[1].line
# CHECK-NEXT: 12
println(@__LINE__() - line_of_quoted())
# WARM: "units_inferred":0,
# WARM-SAME: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# WARM: "inferences_refused":0
