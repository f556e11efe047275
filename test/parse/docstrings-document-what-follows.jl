# A string before a definition calls Core.@doc, unless a blank line comes between.
# RUN: %lig --dump=ast %s | FileCheck %s
"text"
f(x) = x

"text" g

"no doc"

h
# CHECK:      (:macrocall, GlobalRef(Core, Symbol("@doc")), "text", (:(=), (:call, :f, :x), (:block, :x)))
# CHECK-NEXT: (:macrocall, GlobalRef(Core, Symbol("@doc")), "text", :g)
# CHECK-NEXT: "no doc"
# CHECK-NEXT: :h
