# RUN: not %lig %s 2>&1 | FileCheck %s
_ + 1
# CHECK: all-underscore identifiers are write-only
