# Meta.parse(text; raise=false) tells a text that ends too early from one that is wrong.
# RUN: %lig %s | FileCheck %s
# CHECK: incomplete incomplete incomplete incomplete incomplete incomplete
println(join([Meta.parse(t; raise=false).head for t in ("1 +", "begin", "f(", "\"abc", "[1, ", "x = ")], " "))
# CHECK: error error call
println(join([Meta.parse(t; raise=false).head for t in ("1 )", "a b", "1 + 2")], " "))
# CHECK: Base.Meta.ParseError Base.Meta.ParseError
println(typeof(Meta.parse("f("; raise=false).args[1]), " ", typeof(Meta.parse("1 )"; raise=false).args[1]))
# CHECK: ParseError
try
    Meta.parse("f(")
catch e
    println(nameof(typeof(e)))
end
