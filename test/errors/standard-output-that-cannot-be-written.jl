# SPDX-License-Identifier: MIT
# Output that is lost is an error: when it is flushed, and at the end.
# RUN: not %lig %s > /dev/full 2> %t && FileCheck %s < %t
# RUN: not %lig -e 'println(1)' > /dev/full 2> %t && FileCheck %s --check-prefix=END < %t
# RUN: not %lig - < / 2>&1 | FileCheck %s --check-prefix=FOLDER
# RUN: not %lig --dump=ast /dev/zero 2>&1 | FileCheck %s --check-prefix=LARGE
println(1)
flush(stdout)
# CHECK: SystemError: flush: No space left on device
# END: lig: standard output cannot be written: No space left on device
# FOLDER: lig: standard input cannot be read: Is a directory
# LARGE: lig: /dev/zero cannot be read: File too large
