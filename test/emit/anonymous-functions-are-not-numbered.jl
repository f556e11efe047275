# How many anonymous functions were defined before one can be seen in its name, and not in its unit.
# RUN: rm -rf %t && mkdir -p %t && %lig --compile=all --emit-units=%t/alone -e 'include("%s")' && \
# RUN: %lig --compile=all --emit-units=%t/after -e 'const f = (x -> 2x, (x, y) -> x - y); let a = 1; g() = a; end; include("%s")' && \
# RUN: grep 'var"#\|#[0-9]' %t/alone/index | sed "s|#[0-9]*|#|g" | sort >%t/a && grep 'var"#\|#[0-9]' %t/after/index | sed "s|#[0-9]*|#|g" | sort >%t/b && \
# RUN: wc -l <%t/a | FileCheck %s && diff %t/a %t/b
# CHECK: {{^[1-9]}}
scale = let s = 3
    x -> s * x + 0.5
end
println(scale(2), map(x -> (x, string(x)), (1, 2.5)), foldl((a, b) -> a + 2b, [1.0, 2.0, 3.0]))
