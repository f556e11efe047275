# RUN: %lig --compile=min %s | FileCheck %s
function f(i)
    try
        i == 1 && return "returned"
        i == 2 && error("thrown")
        "finished"
    catch
        "caught"
    finally
        println("finally ", i)
    end
end
foreach(i -> println(f(i)), 1:3)
# CHECK: finally 1
# CHECK-NEXT: returned
# CHECK-NEXT: finally 2
# CHECK-NEXT: caught
# CHECK-NEXT: finally 3
# CHECK-NEXT: finished
