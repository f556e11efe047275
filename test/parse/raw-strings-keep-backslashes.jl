# In the text of a string macro only a backslash before a quote is one.
# RUN: %lig --dump=ast %s | FileCheck %s
r"a\d\"b"i
raw"\\"
var"a b"
A.x"t"
# CHECK:      (:macrocall, Symbol("@r_str"), "a\\d\"b", "i")
# CHECK-NEXT: (:macrocall, Symbol("@raw_str"), "\\")
# CHECK-NEXT: Symbol("a b")
# CHECK-NEXT: (:macrocall, (:., :A, QuoteNode(Symbol("@x_str"))), "t")
