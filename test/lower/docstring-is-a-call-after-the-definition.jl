# RUN: %lig --dump=lowered %s | FileCheck %s
"doc"
f(x) = x
# CHECK: thunk
# CHECK: method
# CHECK: Base.record_doc(Main, :f, "doc")
# CHECK: method f
