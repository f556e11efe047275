# SPDX-License-Identifier: MIT
# exit(n) ends the program from anywhere, with its output written and no handler run.
# RUN: (%lig %s; echo " status $?") | FileCheck %s
# RUN: (%lig --compile=min %s; echo " status $?") | FileCheck %s
function leave(n)
    print("buffered")
    exit(n)
end
try
    leave(3)
catch e
    println("caught")
end
println("never")
# CHECK:     {{^}}buffered status 3{{$}}
# CHECK-NOT: caught
# CHECK-NOT: never
