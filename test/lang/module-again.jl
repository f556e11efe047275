# A module that is read again takes the place of the one before, which stays as it was for those who hold it.
# warm: loads LLVM, what lies in a module that was replaced has no content
# RUN: %lig %s > %t 2>&1 && FileCheck %s < %t
# RUN: %lig --compile=min %s > %t 2>&1 && FileCheck %s < %t
using Test
module A
x = 1
struct T end
g() = x
end
old, g, t = A, A.g, A.T()
println(A.g())
flush(stdout)
# CHECK: WARNING: replacing module A.
module A
x = 2
struct T end
g() = 10x
end
@test A.x == 2
@test A.g() == 20
@test old.x == 1
@test g() == 1
@test !(t isa A.T)
const C = 1
# CHECK: invalid redefinition of constant Main.C
try
    Core.eval(Main, :(module C end))
catch e
    println(e.msg)
end
module M
module M
x = 3
end
end
@test M.M.x == 3
println("done")
# CHECK: done
