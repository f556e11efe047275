# SPDX-License-Identifier: MIT
"""Statements and definitions with a shape of their own: what single productions would hardly ever put together."""
import types_ as t
from core import Function, Variable, commas, statement
from statements import block
from tree import Block, E, S

DEFINITIONS = []


def definition(function):
    DEFINITIONS.append(function)
    return function


def in_function(g, variables, result, make, times=1):
    """What make() returns for the body of a function of its own."""
    saved = g.in_loop, g.result, g.in_try
    g.in_loop, g.result, g.in_try = 0, result, 0
    made = g.repeated(times, lambda: g.scoped(variables, make))
    g.in_loop, g.result, g.in_try = saved
    return made


@statement(1.5)
def shared_counter(g):
    """Two closures over one variable that is assigned again and again."""
    ty = g.pick([t.INT, g.choose_scalar(), t.STRING])
    v, step, read = g.name(), g.name("f"), g.name("f")
    x = g.name("x")
    inside = [Variable(v, ty, True), Variable(x, t.INT, False)]
    value = in_function(g, inside, None, lambda: g.expr(ty))
    made = S([f"{v} = ", g.expr(ty)], [f"{step}({x}) = ({v} = ", value, ")"], [f"{read}() = {v}"],
             [f"for i in 1:{g.rng.randint(1, 4)}"], Block(S([f"{step}(i)"]), S([f"out({read}())"])), ["end"])
    g.variables.append(Variable(v, ty, True))
    f = t.function([t.INT], ty)
    f.cost = 20
    g.variables.append(Variable(step, f, False))
    return made


@statement(1)
def closures_of_a_loop(g):
    """Each turn's closure has variables of its own."""
    ty = g.choose_scalar()
    fs, i = g.name(), g.name("i")
    inside = [Variable(i, t.INT, False), Variable("local_", ty, True)]
    body = in_function(g, inside, None, lambda: g.expr(ty), 3)
    later = in_function(g, inside, None, lambda: g.expr(ty), 3)
    return S([f"{fs} = []"], [f"for {i} in 1:3"],
             Block(S([f"local_ = ", g.expr(ty)]), S([f"push!({fs}, () -> (local_ = ", body, "; local_))"]), S(["local_ = ", later])),
             ["end"], [f"for f in {fs}"], Block(S(["out(f())"])), ["end"])


@statement(2)
def small_union_loop(g):
    """A loop over values that may be nothing, or one of two types."""
    a, b = g.choose_scalar(), g.choose_scalar()
    other = t.NOTHING if g.chance(0.5) else b
    x, total = g.name("x"), g.name()
    ty = g.pick([t.INT, t.FLOAT, t.STRING])
    items = [g.leaf(g.pick([a, other])) for _ in range(g.rng.randint(0, 5))]
    when_a = g.repeated(4, lambda: g.scoped([Variable(x, a, False), Variable(total, ty, True)], lambda: g.expr(ty)))
    otherwise = g.repeated(4, lambda: g.scoped([Variable(total, ty, True)], lambda: g.expr(ty)))
    test = f"{x} isa {a.text}" if other != t.NOTHING else f"{x} !== nothing"
    made = S([f"{total} = ", g.expr(ty)], [f"for {x} in Union{{{a.text}, {other.text}}}[", *commas(items), "]"],
             Block(S([f"if {test}"], Block(S([f"{total} = ", when_a])), ["else"], Block(S([f"{total} = ", otherwise])), ["end"])), ["end"])
    g.variables.append(Variable(total, ty, True))
    return made


@statement(1.5)
def changing_type(g):
    """A loop variable that changes its type on the way."""
    v, first, second = g.name(), g.choose_type(1), g.choose_type(1)
    test = g.scoped([Variable(v, t.ANY, True)], lambda: g.expr(t.BOOL))
    start = g.expr(first)
    g.variables.append(Variable(v, t.ANY, True))
    return S([f"{v} = ", start], [f"for i in 1:{g.rng.randint(1, 4)}"],
             Block(S([f"out({v})"]), S(["if ", test], Block(S([f"{v} = ", g.expr(second)])), ["else"],
                                       Block(S([f"{v} = ", g.expr(first)])), ["end"])), ["end"])


@statement(1.5)
def leaving_try(g):
    """break, continue and return out of try, with a finally to run on the way."""
    i = g.name("i")
    leave = g.pick(["break", "continue"] + (["return "] if g.result is not None else []))
    value = [g.expr(g.result)] if leave == "return " else []
    inside = [Variable(i, t.INT, False)]
    condition, another = (g.repeated(3, lambda: g.scoped(inside, lambda: g.expr(t.BOOL))) for _ in range(2))
    body = Block(S([condition, f" && {leave}", *(["("] + value + [")"] if value else [])]), S(["out(", f"{i}", ")"]),
                 S([another, " && throw(", g.pick(["Oops(i)", 'ErrorException("e")', "DivideError()"]).replace("(i)", f"({i})"), ")"]))
    items = [["try"], body, ["catch e"], Block(S(["say(e)"]), S([f"{i} == 2 && {g.pick(['break', 'continue'])}"])),
             ["finally"], Block(S(['println("finally")']))]
    return S([f"for {i} in 1:4"], Block(S(*items, ["end"])), ["end"])


@statement(1)
def nested_finally(g):
    ty = g.choose_scalar()
    f = g.name("f")
    value, other = in_function(g, [], None, lambda: [g.expr(ty), g.expr(ty)])
    risk = in_function(g, [], None, lambda: g.expr(t.INT))
    thrower = E(t.INT, "[1, 2, 3][", risk, " & 3 + 1]")
    return S([f"function {f}()"], Block(
        S(["try"], Block(S(["try"], Block(S(["out(", thrower, ")"]), S(["return ", value])), ["finally"], Block(S(['println("inner")'])), ["end"])),
          ["catch e"], Block(S(["out(typeof(e))"]), S(["return ", other])), ["finally"], Block(S(['println("outer")'])), ["end"])),
        ["end"], [f"out({f}())"])


@statement(1)
def lazy_iterator(g):
    element = g.choose_type(1)
    x, source = g.name("x"), g.expr(t.vector(element))
    how = g.pick(["Iterators.filter", "Iterators.map", "Iterators.take", "Iterators.drop", "Iterators.reverse", "zip", "pairs", "Iterators.flatten",
                  "Iterators.takewhile", "generator"])
    if how in ("Iterators.filter", "Iterators.takewhile"):
        head = [how, "(", *g.lambda_([element], t.BOOL, 2), ", ", source, ")"]
    elif how == "Iterators.map":
        head = [how, "(", *g.lambda_([element], g.choose_type(1), 2), ", ", source, ")"]
    elif how in ("Iterators.take", "Iterators.drop"):
        head = [how, "(", source, f", {g.rng.randint(0, 3)})"]
    elif how == "zip":
        head = ["zip(", source, ", ", g.expr(t.STRING), ", 1:3)"]
    elif how == "Iterators.flatten":
        head = [how, "((", source, ", ", g.expr(t.vector(g.choose_type(1))), "))"]
    elif how == "generator":
        y = g.name("x")
        head = ["(", f"({y}, ", g.scoped([Variable(y, element, False)], lambda: g.expr(g.choose_type(1))), f") for {y} in ", source, ")"]
    else:
        head = [how, "(", source, ")"]
    return S([f"for {x} in ", *head], Block(S([f"out({x})"])), ["end"])


@statement(1)
def views(g):
    element = g.pick([t.INT, t.FLOAT, t.STRING])
    v, w = g.name(), g.name()
    value, items = g.expr(element), [g.leaf(element) for _ in range(4)]
    g.variables.append(Variable(v, t.vector(element), True))
    return S([f"{v} = {element.text}[", *commas(items), "]"],
             [f"{w} = {g.pick([f'view({v}, 2:3)', f'@view({v}[2:end])', f'view({v}, [4, 1])'])}"],
             [f"{w}[1] = ", value], [f"out({w})"], [f"out({v})"], [f"out({g.pick(['reverse', 'sort', 'length', 'collect', 'maximum'])}({w}))"])


@statement(1)
def swap_and_rotate(g):
    ty = g.choose_type(1)
    names = [g.name() for _ in range(3)]
    a, b, c = names
    values = [g.expr(ty, 1) for _ in names]
    g.variables += [Variable(n, ty, True) for n in names]
    return S([f"{a}, {b}, {c} = ", *commas(values)],
             [f"for i in 1:{g.rng.randint(1, 4)}"], Block(S([f"{a}, {b}, {c} = {b}, {c}, {a}"])), ["end"], [f"out(({a}, {b}, {c}))"])


@statement(1)
def broadcast_assignment(g):
    element = g.pick([t.FLOAT, t.INT])
    v = g.name()
    g.variables.append(Variable(v, t.vector(element), True))
    x = g.expr(element)
    return S([f"{v} = {element.text}[1, 2, 3]"], [f"{v} .= {v} .{g.pick(['*', '+', '-'])} ", x, f" .{g.pick(['+', '-'])} (1:3)"],
             [f"{v}[2:3] .{g.pick(['+', '*', ''])}= ", g.expr(element)], [f"out({v} .{g.pick(['<', '==', '>='])} ", g.expr(element), ")"],
             [f"out(max.({v}, ", g.expr(element), f") .{g.pick(['+', '-'])} [1 2])"])


@definition
def custom_iterator(g, into):
    """A type with iterate, length and getindex of its own."""
    name, ty = g.name("It"), g.choose_scalar()
    inside = [Variable("i", t.INT, False), Variable("it.start", ty, False)]
    value = in_function(g, inside, None, lambda: g.expr(ty, 2), 4)
    into.statements += [
        S([f"struct {name}"], [f"    start::{ty.text}"], ["    n::Int"], ["end"]),
        S([f"Base.iterate(it::{name}, i = 1) = i > it.n ? nothing : (", value, ", i + 1)"]),
        S([f"Base.length(it::{name}) = it.n"]), S([f"Base.eltype(::Type{{{name}}}) = {ty.text}"])]
    call = lambda g, f, depth: E(t.vector(ty), f"collect({name}(", g.expr(ty, depth), f", {g.rng.randint(0, 4)}))")
    g.functions.append(Function(name, [], t.vector(ty), 20, call))


@definition
def linked_list(g, into):
    name, ty, walk = g.name("Node"), g.choose_scalar(), g.name("f")
    result = g.choose_type(1)
    inside = [Variable("node.value", ty, False), Variable("acc", result, False)]
    step = in_function(g, inside, None, lambda: g.expr(result, 2), 6)
    kind = g.pick(["struct", "mutable struct"])
    into.statements += [
        S([f"{kind} {name}"], [f"    value::{ty.text}"], [f"    next::Union{{{name}, Nothing}}"], ["end"]),
        S([f"function {walk}(xs, acc)"], Block(
            S(["node = nothing"]), S(["for x in xs"], Block(S([f"node = {name}(x, node)"])), ["end"]),
            S(["while node !== nothing"], Block(S(["acc = ", step]), S(["node = node.next"], fixed=True)), ["end"]), S(["return acc"])), ["end"])]
    call = lambda g, f, depth: E(result, f"{walk}(first(", g.expr(t.vector(ty), depth), ", 6), ", g.expr(result, depth), ")")
    g.functions.append(Function(walk, [], result, 30, call))


@definition
def callable_struct(g, into):
    name, a, b, result = g.name("Call"), g.choose_type(1), g.choose_scalar(), g.choose_type(1)
    body = in_function(g, [Variable("c.field", a, False), Variable("x", b, False)], None, lambda: g.expr(result, 3))
    into.statements += [S([f"struct {name}{{F}}"], ["    field::F"], ["end"]), S([f"(c::{name})(x) = ", body])]
    def call(g, f, depth):
        if g.chance(0.4) and b.kind != "symbol":
            return E(result, f"map({name}(", g.expr(a, depth), "), ", f"{b.text}[", g.expr(b, depth), "])[1]")
        return E(result, f"{name}(", g.expr(a, depth), ")(", g.expr(b, depth), ")")
    g.functions.append(Function(name, [], result, 10, call))


@definition
def varargs_recursion(g, into):
    f, result = g.name("f"), g.choose_type(1)
    inside = [Variable("x", t.ANY, False), Variable("acc", result, False)]
    step = in_function(g, inside, None, lambda: g.expr(result, 2), 4)
    into.statements += [S([f"{f}(acc) = acc"]), S([f"{f}(acc, x, rest...) = {f}(", step, ", rest...)"])]
    call = lambda g, fn, depth: E(result, f"{f}(", *commas([g.expr(result, depth)] + [g.expr(g.choose_type(1), depth) for _ in range(g.rng.randint(0, 3))]), ")")
    g.functions.append(Function(f, [], result, 30, call))


@definition
def value_dispatch(g, into):
    f, result = g.name("f"), g.choose_scalar()
    body = lambda variables: in_function(g, variables, None, lambda: g.expr(result, 2))
    into.statements += [S([f"{f}(::Val{{1}}, x) = ", body([Variable("x", t.INT, False)])]), S([f"{f}(::Val{{:a}}, x) = ", body([])]),
                        S([f"{f}(::Val{{N}}, x) where {{N}} = ", body([Variable("x", t.INT, False)])]),
                        S([f"{f}(::Type{{T}}, x) where {{T<:Integer}} = ", body([Variable("(x % T)", t.ANY, False)])])]
    def call(g, fn, depth):
        key = g.pick(["Val(1)", "Val(:a)", "Val(2)", "Int8", "UInt64", "Val(true)"])
        if g.chance(0.3):
            key = E(t.ANY, "Val(", g.expr(t.INT, 1), " & 3)")
        return E(result, f"{f}(", key, ", ", g.expr(t.INT, depth), ")")
    g.functions.append(Function(f, [], result, 10, call))


@definition
def mutual_recursion(g, into):
    f, h = g.name("f"), g.name("f")
    a, b = g.choose_scalar(), g.choose_scalar()
    inside = [Variable("n", t.INT, False), Variable("x", t.ANY, False)]
    one, two, base = (in_function(g, inside, None, lambda ty=ty: g.expr(ty, 2), 6) for ty in (a, b, g.choose_scalar()))
    into.statements += [S([f"{f}(n, x) = n <= 0 ? ", base, f" : {h}(n - 1, ", one, ")"]), S([f"{h}(n, x) = n <= 0 ? x : {f}(n - 1, ", two, ")"])]
    call = lambda g, fn, depth: E(t.ANY, f"{f}(", g.expr(t.INT, depth), " & 7, ", g.expr(g.choose_scalar(), depth), ")")
    g.functions.append(Function(f, [], t.ANY, 40, call))


@definition
def constructors(g, into):
    """Inner and outer constructors, a check that throws."""
    name, ty = g.name("Range"), g.pick([t.INT, t.FLOAT, g.pick(t.INTS)])
    check = in_function(g, [Variable("a", ty, False), Variable("b", ty, False)], None, lambda: g.expr(t.BOOL, 2))
    other = in_function(g, [Variable("a", ty, False)], None, lambda: g.expr(ty, 2))
    into.statements += [
        S([f"struct {name}"], [f"    a::{ty.text}"], [f"    b::{ty.text}"], [f"    function {name}(a, b)"],
          Block(S(["    ", check, f' && throw(ArgumentError("no {name}"))']), S(["    return new(a, b)"], fixed=True)), ["    end"], ["end"]),
        S([f"{name}(a::{ty.text}) = {name}(a, ", other, ")"]),
        S([f"Base.:+(x::{name}, y::{name}) = {name}(x.a + y.a, x.b + y.b)"]),
        S([f"Base.:(==)(x::{name}, y::{name}) = x.a == y.a"]),
        S([f"Base.zero(::Type{{{name}}}) = {name}(zero({ty.text}), zero({ty.text}))"])]
    call = lambda g, fn, depth: E(ty, "(try (", *g.pick([
        [f"{name}(", g.expr(ty, depth), ")"],
        [f"{name}(", g.expr(ty, depth), ", ", g.expr(ty, depth), ")"],
        [f"{name}(", g.expr(ty, depth), f") + {name}(", g.expr(ty, depth), ")"],
        [f"sum([{name}(", g.expr(ty, depth), f"), {name}(", g.expr(ty, depth), ")])"]]), ").b catch; ", g.expr(ty, 0), " end)")
    g.functions.append(Function(name, [], ty, 20, call))


@definition
def parametric(g, into):
    """A parametric type with methods that use its parameter."""
    name, a, result = g.name("Box"), g.choose_type(1), g.choose_scalar()
    inside = [Variable("b.x", t.ANY, False)]
    if not t.is_concrete(a):
        return
    body = in_function(g, [Variable("b.x", a, False)], None, lambda: g.expr(result, 2))
    fallback = in_function(g, inside, None, lambda: g.expr(result, 2))
    f = g.name("f")
    into.statements += [S([f"struct {name}{{T, N}}"], ["    x::T"], ["    n::NTuple{N, Int}"], ["end"]),
                        S([f"{f}(b::{name}{{{a.text}}}) = ", body]), S([f"{f}(b::{name}{{T, N}}) where {{T, N}} = (out((T, N)); ", fallback, ")"])]
    call = lambda g, fn, depth: E(result, f"{f}({name}(", g.expr(g.pick([a, g.choose_type(1)]), depth), f", {g.pick(['(1,)', '(1, 2)', '()'])}))")
    g.functions.append(Function(f, [], result, 10, call))
