# Each path is an Expr(:.), dots in front of it are symbols.
# RUN: %lig --dump=ast %s | FileCheck %s
import A, B.C
import A: x as y, +, @m
using ..A.B: c
import A as B
export a, @m, ==
public b
# CHECK:      (:import, (:., :A), (:., :B, :C))
# CHECK-NEXT: (:import, (:(:), (:., :A), (:as, (:., :x), :y), (:., :+), (:., Symbol("@m"))))
# CHECK-NEXT: (:using, (:(:), (:., :., :., :A, :B), (:., :c)))
# CHECK-NEXT: (:import, (:as, (:., :A), :B))
# CHECK-NEXT: (:export, :a, Symbol("@m"), :(==))
# CHECK-NEXT: (:public, :b)
