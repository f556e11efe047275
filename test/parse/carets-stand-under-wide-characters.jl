# Columns count characters; the caret stands where a terminal shows them.
# RUN: not %lig --dump=ast %s 2> %t.err
# RUN: FileCheck --strict-whitespace --input-file=%t.err %s
日本 = (1 + )
# CHECK:carets-stand-under-wide-characters.jl:4:11: error: unexpected `)`
# CHECK-NEXT:    日本 = (1 + )
# CHECK-NEXT:                ^
