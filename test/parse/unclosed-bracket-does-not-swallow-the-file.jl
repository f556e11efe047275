# The next line at the left margin is read again.
# RUN: not %lig --dump=ast %s 2> %t.err
# RUN: FileCheck --strict-whitespace --input-file=%t.err %s
f(a,
  b
g() = )
# CHECK:unclosed-bracket-does-not-swallow-the-file.jl:6:1: error: expected `,` or `)`, found name `g`
# CHECK-NEXT:    g() = )
# CHECK-NEXT:    ^
# CHECK:unclosed-bracket-does-not-swallow-the-file.jl:6:7: error: unexpected `)`
# CHECK-NEXT:    g() = )
# CHECK-NEXT:          ^
