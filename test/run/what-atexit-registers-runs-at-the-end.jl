# SPDX-License-Identifier: MIT
# Functions given to atexit run when the program ends, however it ends: the last one first.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
# RUN: not %lig -e 'atexit(() -> println("after")); error("no")' 2>&1 | FileCheck %s --check-prefix=ERROR
# RUN: sh -c '%lig -e "atexit(() -> println(2)); atexit(() -> exit(7)); println(1)"; test $? -eq 7' | FileCheck %s --check-prefix=EXIT
# RUN: sh -c '%lig -e "atexit(n -> println(:status, n)); atexit(() -> error(:oh)); exit(3)" 2>/dev/null; test $? -eq 3' | FileCheck %s --check-prefix=HOOK
atexit(() -> println("second"))
atexit(() -> println("first"))
println("body")
# CHECK: body
# CHECK-NEXT: first
# CHECK-NEXT: second
# ERROR-DAG: ERROR: no
# ERROR: after
# EXIT: 1
# EXIT-NEXT: 2
# HOOK: status3
