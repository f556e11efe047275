# SPDX-License-Identifier: MIT
# Traces name the line of the macro call, not of the macro's text, which may be in another file.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=all %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
using Test
macro check(ex)
    quote
        if !($(esc(ex)))
            println([f.line for f in stacktrace(backtrace()) if f.func === :check_both])
        end
    end
end
@noinline function check_both()
    @check 1 == 2

    @check 2 == 3
    return 1
end
# CHECK: [15]
# CHECK-NEXT: [17]
check_both()
# CHECK: MethodError: no method matching check_both(::Int64)
# CHECK: top-level scope
# CHECK-NEXT: macro-code-is-where-it-is-called.jl:[[#@LINE+2]]
@testset "lines" begin
    @test check_both(1) == 2
end
