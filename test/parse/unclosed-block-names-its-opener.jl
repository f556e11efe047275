# A block without `end` is shown where it begins.
# RUN: not %lig --dump=ast %s 2> %t.err
# RUN: FileCheck --strict-whitespace --input-file=%t.err %s
function f(x)
    if x
        1
end
# CHECK:unclosed-block-names-its-opener.jl:4:1: error: `function` has no `end`
# CHECK-NEXT:    function f(x)
# CHECK-NEXT:    ^~~~~~~~
