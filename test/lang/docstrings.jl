# Docstrings are kept under the names they document, and @doc finds them.
# RUN: %lig %s | FileCheck --match-full-lines %s
# RUN: %lig --compile=min %s | FileCheck --match-full-lines %s
"""
    f(x)

Adds one.
"""
f(x) = x + 1
print(@doc f)
# CHECK:          f(x)
# CHECK-EMPTY:
# CHECK-NEXT:Adds one.
println(f(1))
# CHECK-NEXT:2
"A point." struct P
    "The first."
    x
end
"One hundred." const hundred = 100
"Twice." macro twice(e) :(2 * $(esc(e))) end
"Of a type parameter." function g(x::T) where T end
"Before there is a method." function later end
@doc "By hand." by_hand(x) = x
"Two names." @inline inlined(x) = x
for name in (:P, :hundred, Symbol("@twice"), :g, :later, :by_hand, :inlined)
    println(name, ": ", chomp(string(Base.find_doc(Main, name))))
end
# CHECK-NEXT:P: A point.
# CHECK-NEXT:hundred: One hundred.
# CHECK-NEXT:@twice: Twice.
# CHECK-NEXT:g: Of a type parameter.
# CHECK-NEXT:later: Before there is a method.
# CHECK-NEXT:by_hand: By hand.
# CHECK-NEXT:inlined: Two names.
print(@doc @twice)
# CHECK-NEXT:Twice.
println(@twice 4)
# CHECK-NEXT:8

"About M."
module M
export h
"h of M, $(1 + 1)." h() = 1
end
using .M
print(@doc M)
# CHECK-NEXT:About M.
print(@doc h)
# CHECK-NEXT:h of M, 2.
print(Base.@doc M.h)
# CHECK-NEXT:h of M, 2.
print(@doc nowhere)
# CHECK-NEXT:No documentation found.
# CHECK-EMPTY:
# CHECK-NEXT:Binding `Main.nowhere` does not exist.
print(Base.Docs.hasdoc(Main, :f), Base.Docs.hasdoc(Main, :nowhere), "\n")
# CHECK-NEXT:truefalse
display(@doc f)
# CHECK-NEXT:      f(x)
# CHECK-EMPTY:
# CHECK-NEXT:  Adds one.
