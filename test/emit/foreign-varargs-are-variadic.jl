# SPDX-License-Identifier: MIT
# Types behind ... are passed as variable arguments.
# RUN: %lig %s | FileCheck --allow-empty %s
say(x) = ccall(:printf, Cint, (Cstring, Cint...), "", x)
1
# CHECK-NOT: error
