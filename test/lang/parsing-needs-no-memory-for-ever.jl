# SPDX-License-Identifier: MIT
# Meta.parse may be called as often as a program likes: what it read is let go.
# UNSUPPORTED: sanitized
# RUN: bash -c "ulimit -v 1800000; %lig %s" | FileCheck %s
const text = "f(x) = [" * repeat("x + 1, ", 20000) * "0]"
function parse_often(n)
    args = 0
    for i in 1:n
        args += length(Meta.parse(text).args)
    end
    args
end
# CHECK: 120
println(parse_often(60))
# CHECK: ParseError
try
    Meta.parse("f(")
    Meta.parse("f(]")
catch e
    println(typeof(e))
end
