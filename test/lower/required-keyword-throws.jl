# RUN: %lig --dump=lowered %s | FileCheck %s
# A keyword without default throws UndefKeywordError.
f(; k) = k
# CHECK: method kwcall
# CHECK: %new(Core.UndefKeywordError, :k)
# CHECK-NEXT: Core.throw(
