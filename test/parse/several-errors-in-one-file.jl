# Parsing goes on behind a broken statement.
# RUN: not %lig --dump=ast %s 2> %t.err
# RUN: FileCheck --strict-whitespace --input-file=%t.err %s
f(a b)
good = 1
g(]
function h()
    y = )
    z = 2
end
w = 1 +* 2
# CHECK:several-errors-in-one-file.jl:4:5: error: expected `,` or `)`, found name `b`
# CHECK-NEXT:    f(a b)
# CHECK-NEXT:        ^
# CHECK:several-errors-in-one-file.jl:6:3: error: unexpected `]`
# CHECK-NEXT:    g(]
# CHECK-NEXT:      ^
# CHECK:several-errors-in-one-file.jl:8:9: error: unexpected `)`
# CHECK-NEXT:        y = )
# CHECK-NEXT:            ^
# CHECK:several-errors-in-one-file.jl:11:8: error: `*` is not a unary operator
# CHECK-NEXT:    w = 1 +* 2
# CHECK-NEXT:           ^
