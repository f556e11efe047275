# The place of a mistake: file, line, column, the line, a caret.
# RUN: not %lig --dump=ast %s 2> %t.err
# RUN: FileCheck --strict-whitespace --input-file=%t.err %s
x = (1 + )
# CHECK:errors-show-line-and-caret.jl:4:10: error: unexpected `)`
# CHECK-NEXT:    x = (1 + )
# CHECK-NEXT:             ^
