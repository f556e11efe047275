# SPDX-License-Identifier: MIT
# Macros that write code out for each of 1..N: in `@nexprs 2 i -> x_i = a[i]` the name x_i becomes x_1, x_2.

module Cartesian
using Base: Expr, Symbol, Any, Int, String
export @nloops, @nref, @ncall, @ncallkw, @nexprs, @nextract, @nall, @nany, @ntuple, @nif

# What stands for number i: a function i -> body, or a name that gets "_i" after it.
function _for_number(ex, i::Int)
    if ex isa Expr && ex.head === :->
        body = ex.args[2]
        Base.Meta.isexpr(body, :block) && Base.count(a -> !(a isa Base.LineNumberNode), body.args) == 1 && (body = body.args[end])
        return _number(body, ex.args[1], i)
    end
    return ex isa Symbol ? Symbol(ex, '_', i) : ex
end
_number(x, var::Symbol, i::Int) = x
_number(q::Base.QuoteNode, var::Symbol, i::Int) = Base.QuoteNode(_number(q.value, var, i))
function _number(s::Symbol, var::Symbol, i::Int)
    s === var && return i
    text = String(s)
    mark = Base.string('_', var)
    return Base.endswith(text, mark) ? Symbol(Base.chop(text; tail=Base.length(mark)), '_', i) : s
end
function _number(ex::Expr, var::Symbol, i::Int)
    args = Any[_number(a, var, i) for a in ex.args]
    # x_{i+1} is x_3 for i = 2; conditions and sums of numbers are worked out.
    if ex.head === :curly && args[1] isa Symbol && Base.endswith(String(args[1]), '_') && Base.length(args) == 2
        n = _folded(args[2])
        n isa Int && return Symbol(args[1], n)
    end
    return _folded(Expr(ex.head, args...))
end
_folded(x) = x
function _folded(ex::Expr)
    if ex.head === :call && Base.all(a -> a isa Int, ex.args[2:end]) && ex.args[1] in (:+, :-, :*, :div, :<, :>, :<=, :>=, :(==), :!=)
        return Base.getglobal(Base, ex.args[1])(ex.args[2:end]...)
    elseif ex.head in (:if, :elseif) && ex.args[1] isa Base.Bool
        return ex.args[1] ? ex.args[2] : Base.length(ex.args) == 3 ? ex.args[3] : nothing
    end
    return ex
end
_times(n, ex) = Any[_for_number(ex, i) for i in 1:_count(n)]
_count(n) = n isa Int ? n : Base.throw(Base.ArgumentError("the number of repetitions must be a literal, got $n"))

macro nexprs(n, ex)
    return Base.esc(Expr(:block, _times(n, ex)...))
end
macro ntuple(n, ex)
    return Base.esc(Expr(:tuple, _times(n, ex)...))
end
macro nref(n, a, ex)
    return Base.esc(Expr(:ref, a, _times(n, ex)...))
end
macro ncall(n, f, args...)
    return Base.esc(Expr(:call, f, args[1:end-1]..., _times(n, args[end])...))
end
macro ncallkw(n, f, kw, args...)
    return Base.esc(Expr(:call, f, Expr(:parameters, Expr(:..., kw)), args[1:end-1]..., _times(n, args[end])...))
end
macro nextract(n, name, ex)
    values = ex isa Symbol ? Any[Expr(:ref, ex, i) for i in 1:_count(n)] : _times(n, ex)
    return Base.esc(Expr(:block, (Expr(:(=), Symbol(name, '_', i), values[i]) for i in 1:_count(n))...))
end
_joined(op, xs) = Base.isempty(xs) ? op === :&& : Base.foldr((a, b) -> Expr(op, a, b), xs)
macro nall(n, ex)
    return Base.esc(_joined(:&&, _times(n, ex)))
end
macro nany(n, ex)
    return Base.esc(_joined(:||, _times(n, ex)))
end
# @nloops N i range [before [after]] body: N loops around the body, the first number innermost.
macro nloops(n, name, range, args...)
    body = args[end]
    for d in 1:_count(n)
        values = range isa Symbol ? :($(GlobalRefOf(:axes))($range, $d)) : _for_number(range, d)
        before = Base.length(args) >= 2 ? _for_number(args[1], d) : nothing
        after = Base.length(args) >= 3 ? _for_number(args[2], d) : nothing
        body = Expr(:for, Expr(:(=), Symbol(name, '_', d), values), Expr(:block, before, body, after))
    end
    return Base.esc(body)
end
GlobalRefOf(name) = Base.GlobalRef(Base, name)
macro nif(n, condition, exs...)
    last = _for_number(exs[end], _count(n))
    for i in _count(n)-1:-1:1
        last = Expr(:if, _for_number(condition, i), _for_number(exs[1], i), last)
    end
    return Base.esc(last)
end
end
using .Cartesian: @nloops, @nref, @ncall, @ncallkw, @nexprs, @nextract, @nall, @nany, @ntuple, @nif
