# SPDX-License-Identifier: MIT
# A result that C cannot have is an error; so is coming back from a call that says it never does.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
struct Maybe
    a::Union{Int,Nothing}
end
macro try_result(T)
    return quote
        f() = ccall(:getpid, $(esc(T)), ())
        try
            f()
            println("no error")
        catch e
            println(sprint(showerror, e))
        end
    end
end
# CHECK: ccall: return type doesn't correspond to a C type
@try_result Integer
# CHECK-NEXT: ccall: return type doesn't correspond to a C type
@try_result Union{Int,Nothing}
# CHECK-NEXT: ccall: return type doesn't correspond to a C type
@try_result Vector
# CHECK-NEXT: ccall: return type struct fields cannot contain a reference
@try_result Maybe
# CHECK-NEXT: ccall: return type struct fields cannot contain a reference
@try_result Tuple{Int,String}
# CHECK-NEXT: ccall: a function whose return type is Union{} has returned
@try_result Union{}
# CHECK-NEXT: no error
@try_result Cint
