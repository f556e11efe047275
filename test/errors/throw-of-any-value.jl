# SPDX-License-Identifier: MIT
# Anything can be thrown.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
throw((1, "a"))
# CHECK:      ERROR: LoadError: (1, "a")
