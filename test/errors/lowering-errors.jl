# What lowering refuses, in Julia's words and with its place; compiled or interpreted makes no difference.
# RUN: %lig %s | FileCheck --match-full-lines %s
# RUN: %lig --compile=min %s | FileCheck --match-full-lines %s
function refused(text)
    try
        include_string(Main, text, "prog.jl")
        println("accepted: ", text)
    catch e
        println(e isa LoadError && e.error isa ErrorException ? e.error.msg : e)
    end
end
refused("function f(x, x) end")
# CHECK: syntax: function argument name not unique: "x" around prog.jl:1
refused("\nf(; x, x) = 1")
# CHECK-NEXT: syntax: function argument name not unique: "x" around prog.jl:2
refused("f(x::T) where {T, T} = 1")
# CHECK-NEXT: syntax: function static parameter names not unique: "T" around prog.jl:1
refused("f(T) where T = 1")
# CHECK-NEXT: syntax: function argument and static parameter names must be distinct: "T" around prog.jl:1
refused("break")
# CHECK-NEXT: syntax: break or continue outside loop
refused("f() = continue")
# CHECK-NEXT: syntax: break or continue outside loop
refused("function f()\n const x = 1\nend")
# CHECK-NEXT: syntax: unsupported `const` declaration on local variable around prog.jl:2
refused("let\n local x\n global x\nend")
# CHECK-NEXT: syntax: variable "x" declared both local and global
refused("f(x) = (global x; x)")
# CHECK-NEXT: syntax: `global x`: x is a local variable in its enclosing scope
refused("f(x) = (local x; x)")
# CHECK-NEXT: syntax: local variable name "x" conflicts with an argument
refused("f(x::T) where T = (T = 1)")
# CHECK-NEXT: syntax: local variable name "T" conflicts with a static parameter
refused("1 = 2")
# CHECK-NEXT: syntax: invalid assignment location "1" around prog.jl:1
refused("for i in 1:2\n  \"a\" = i\nend")
# CHECK-NEXT: syntax: invalid assignment location ""a"" around prog.jl:2
refused("[x, y] = 1")
# CHECK-NEXT: syntax: use "(a, b) = ..." to assign multiple values around prog.jl:1
refused("f(1; y = 2, y = 3)")
# CHECK-NEXT: syntax: keyword argument "y" repeated in call around prog.jl:1
refused("f(1, x... = 3)")
# CHECK-NEXT: syntax: invalid keyword argument name "x..." around prog.jl:1
refused("(a = 1, a = 2)")
# CHECK-NEXT: syntax: field name "a" repeated in named tuple around prog.jl:1
refused("function g(); @label a; @label a; end")
# CHECK-NEXT: syntax: label "a" defined multiple times
refused("function g(); @goto a; end")
# CHECK-NEXT: syntax: label "a" referenced but not defined
refused("x = y...")
# CHECK-NEXT: syntax: "..." expression outside call around prog.jl:1
refused("let 1; end")
# CHECK-NEXT: syntax: invalid let syntax around prog.jl:1
refused("function f(1) end")
# CHECK-NEXT: syntax: "1" is not a valid function argument name around prog.jl:1
refused("function f(x, y = 1, z) end")
# CHECK-NEXT: syntax: optional positional arguments must occur at end around prog.jl:1
refused("function f(x..., y) end")
# CHECK-NEXT: syntax: invalid "..." on non-final argument around prog.jl:1
refused("function f()\n struct A end\nend")
# CHECK-NEXT: syntax: "struct" expression not at top level around prog.jl:2
refused("f() = module B end")
# CHECK-NEXT: syntax: "module" expression not at top level around prog.jl:1
refused("f() = (import Base; 1)")
# CHECK-NEXT: syntax: "import" expression not at top level around prog.jl:1
refused("function f()\n  Base.g(x) = x\nend")
# CHECK-NEXT: syntax: Global method definition around prog.jl:2 needs to be placed at the top level, or use "eval".
refused("f(g) = (g(x) = x)")
# CHECK-NEXT: syntax: cannot add method to function argument g
refused("struct A; x; x; end")
# CHECK-NEXT: syntax: duplicate field name: "x" around prog.jl:1
refused("struct A; x = 1; end")
# CHECK-NEXT: syntax: "x = 1" inside type definition is reserved around prog.jl:1
refused("struct A{T}; x::T; A(x) = new(x); end")
# CHECK-NEXT: syntax: too few type parameters specified in "new{...}" around prog.jl:1
refused("struct A; x; A() = new(1, 2); end")
# CHECK-NEXT: syntax: too many arguments in "new" (expected 1) around prog.jl:1
refused("_ + 1")
# CHECK-NEXT: syntax: all-underscore identifiers are write-only and their values cannot be used in expressions around prog.jl:1
refused("f() = for outer i in 1:3 end")
# CHECK-NEXT: syntax: no outer local variable declaration exists for "for outer"
refused("for outer i in 1:3 end")
# CHECK-NEXT: syntax: no outer local variable declaration exists for "for outer"
refused("ccall(:foo)")
# CHECK-NEXT: syntax: too few arguments to ccall around prog.jl:1
refused("ccall(:foo, Int, (Int), 1)")
# CHECK-NEXT: syntax: ccall argument types must be a tuple; try "(T,)" around prog.jl:1
refused("ccall(:foo, Int, (Int,), 1, 2)")
# CHECK-NEXT: syntax: more arguments than types for ccall around prog.jl:1
refused("ccall(:foo, Int, (Int, Int), 1)")
# CHECK-NEXT: syntax: more types than arguments for ccall around prog.jl:1
refused("macro m(; x) end")
# CHECK-NEXT: syntax: macros cannot accept keyword arguments around prog.jl:1
refused("{1, 2}")
# CHECK-NEXT: syntax: { } vector syntax is discontinued around prog.jl:1
# As a program sees it, and Meta.lower.
println(try eval(:(1 = 2)) catch e; typeof(e) end)
# CHECK-NEXT: ErrorException
println(Meta.lower(Main, :(let; local x; global x; end)))
# CHECK-NEXT: $(Expr(:error, "variable \"x\" declared both local and global"))
