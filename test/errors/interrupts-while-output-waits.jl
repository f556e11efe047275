# SPDX-License-Identifier: MIT
# Whoever does not read a program's output can still stop it by Ctrl-C.
# RUN: rm -f %t.pipe && mkfifo %t.pipe && exec 9<>%t.pipe && { env --default-signal=INT %bare_lig %s >%t.pipe 2>%t.out & pid=$!; }; until grep -q start %t.out; do sleep 0.1; done; sleep 1; for i in {1..40}; do kill -INT $pid 2>/dev/null || break; sleep 0.25; done; kill -KILL $pid 2>/dev/null; wait $pid; echo "status $?" >>%t.out; FileCheck %s <%t.out
# CHECK:      start
# CHECK-NEXT: lig: interrupted twice while busy in the runtime; giving up
# CHECK-NEXT: status 130
println(stderr, "start")
while true
    println("a line that nobody reads")
end
