# SPDX-License-Identifier: MIT
# Whatever tree a program hands to eval, it gets an error and no crash.
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
heads = [:if, :while, :for, :function, :struct, :block, :let, :try, :., :ref, :curly, :tuple, :quote, :(::), :where, :->, :kw,
         :parameters, :..., :$, :macrocall, :module, :import, :using, :export, :public, :global, :local, :const, :return,
         :break, :continue, :&&, :||, :comparison, :string, :vect, :hcat, :vcat, :typed_vcat, :generator, :comprehension,
         :abstract, :primitive, :do, :macro, :meta, :inbounds, :new, :splatnew, :lambda, :method, :gotonode,
         :static_parameter, :copyast, :toplevel, :escape, Symbol("hygienic-scope"), :thunk, :opaque_closure, :cfunction,
         :foreigncall, :isdefined, :the_exception, :enter, :leave, :pop_exception, :call, :(=), :+=, :nonsense]
lists = ([], [1], [:x], [1, 2], [:a, :b, :c], [Expr(:call)], [Expr(:block), 1], [nothing, nothing, nothing, nothing])
for head in heads, arguments in lists
    try
        eval(Expr(head, arguments...))
    catch e
        sprint(showerror, e)
    end
end
println("survived")
eval(Expr(:module))
# CHECK:      survived
# CHECK-NEXT: ERROR: LoadError: syntax: malformed "module" expression
