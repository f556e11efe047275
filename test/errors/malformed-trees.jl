# SPDX-License-Identifier: MIT
# Whatever tree a program hands to eval, it gets an error and no crash.
# RUN: not %lig --compile=min %s > %t 2>&1
# RUN: FileCheck %s < %t
heads = [:if, :elseif, :while, :for, :function, :struct, :block, :let, :try, :., :ref, :curly, :tuple, :quote, :(::), :where, :->, :kw,
         :parameters, :..., :$, :macrocall, :module, :import, :using, :as, :(:), :export, :public, :global, :local, :const, :return, :outer,
         :break, :continue, :&&, :||, Symbol(".&&"), Symbol(".||"), :comparison, :string, :vect, :hcat, :vcat, :ncat, :row, :nrow, :typed_hcat,
         :typed_vcat, :typed_ncat, :generator, :filter, :flatten, :comprehension, :typed_comprehension, :braces, :bracescat, :(<:), :(>:), :(-->),
         :abstract, :primitive, :do, :macro, :meta, :inbounds, :boundscheck, :loopinfo, :inline, :noinline, :new, :splatnew, :lambda, :method,
         :gotonode, :symboliclabel, :symbolicgoto, :static_parameter, :copyast, :toplevel, :escape, Symbol("hygienic-scope"), :thunk,
         :opaque_closure, :cfunction, :foreigncall, :isdefined, :the_exception, :enter, :leave, :pop_exception, :error, :incomplete,
         :gc_preserve_begin, :gc_preserve_end, Symbol("'"), :&, :~, :call, :(=), Symbol(".="), Symbol(":="), :+=, Symbol(".+="), :nonsense]

"Lists of none to three arguments, of every kind."
function lists(head)
    pieces = [1, :x, Expr(:call), Expr(head), Expr(head, :x, 1), "text", nothing, QuoteNode(:x), :(x, y...)]
    all = Any[[], [Expr(:block), 1], [nothing, nothing, nothing, nothing], [true, :N, Expr(:block)]]
    for a in pieces
        push!(all, [a], [:x, a], [a, :x], [:x, 1, a])
    end
    return all
end

for head in heads, arguments in lists(head)
    head == :while && length(arguments) == 2 && continue # may be fine, and for ever
    for tree in (Expr(head, arguments...), Expr(:block, :(y = 1), Expr(head, arguments...)), Expr(:function, :(f(y)), Expr(head, arguments...)),
                 Expr(:(=), Expr(head, arguments...), 1), Expr(:call, :identity, Expr(head, arguments...)))
        try
            eval(tree)
        catch e
            sprint(showerror, e)
        end
    end
end
println("survived")
eval(Expr(:module))
# CHECK:      survived
# CHECK-NEXT: ERROR: LoadError: syntax: malformed "module" expression
