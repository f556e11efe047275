# SPDX-License-Identifier: MIT
"""A whole random program: a module with types, functions and steps, each step run with its exceptions caught."""
import random

import types_ as t
import collections_  # noqa: F401  (registers productions)
import control  # noqa: F401
import idioms
import numbers_  # noqa: F401
import text  # noqa: F401
from core import Function, Generator, Variable, commas
from statements import block, declare, one
from tree import Block, E, S, render
from types_ import Ty

# What the programs of one file share. `out` prints any value without specialising on it.
PRELUDE = '''\
clip(x::String) = length(x) > 20 ? first(x, 20) : x
clip(x::Vector) = length(x) > 12 ? x[1:12] : x
clip(x) = x
sane(x) = isfinite(x) ? clamp(x, oftype(x, -100), oftype(x, 100)) : zero(x)
@noinline function out(@nospecialize(x))
    show(stdout, x)
    println()
end
@noinline say(@nospecialize(e)) = println(typeof(e), ": ", e isa Exception ? sprint(showerror, e) : e)
struct Oops <: Exception
    code::Int
end
'''


# So many programs in a row have most of their types in common.
GROUP = 25


def header(number):
    return f"== {number}"


def define_structs(g, block_):
    for _ in range(g.rng.randint(0, 3)):
        name = g.name("T")
        mutable = g.chance(0.4)
        names = g.rng.sample(["a", "b", "c", "next", "x"], g.rng.randint(1, 4))
        fields = [(n, g.choose_type(1)) for n in names]
        if g.chance(0.3):
            parameter = g.rng.randrange(len(fields))
            shown = [(n, "P" if i == parameter else f.text) for i, (n, f) in enumerate(fields)]
            ty = Ty(f"{name}{{{fields[parameter][1].text}}}", "struct", fields=fields, mutable=mutable, constructor=name)
            if not t.is_concrete(fields[parameter][1]):
                ty.constructor = ty.text
            declared = f"{name}{{P}}"
        else:
            ty = Ty(name, "struct", fields=fields, mutable=mutable, constructor=name)
            shown = [(n, f.text) for n, f in fields]
            declared = name
        head = ("mutable struct " if mutable else "struct ") + declared
        lines = [[f"    {n}::{f}"] for n, f in shown]
        block_.statements.append(S([head], *lines, ["end"]))
        g.structs.append(ty)
    plain = [s for s in g.structs if s.kind == "struct"]
    if g.chance(0.5):
        define_abstract(g, block_)
    if plain and g.chance(0.4):
        operators(g, block_, g.pick(plain))


def define_abstract(g, block_):
    top = g.name("A")
    block_.statements.append(S([f"abstract type {top} end"]))
    members = []
    for _ in range(g.rng.randint(2, 4)):
        name = g.name("T")
        fields = [(n, t.choose_scalar(g.rng)) for n in g.rng.sample(["a", "b", "w"], g.rng.randint(0, 2))]
        mutable = g.chance(0.3)
        ty = Ty(name, "struct", fields=fields, mutable=mutable, constructor=name)
        lines = [[f"    {n}::{f.text}"] for n, f in fields]
        block_.statements.append(S([f"{'mutable ' if mutable else ''}struct {name} <: {top}"], *lines, ["end"]))
        members.append(ty)
    abstract = Ty(top, "abstract", members=members)
    g.structs += members + [abstract]
    method = g.name("area")
    result = g.choose_scalar()
    for ty in members:
        body = g.scoped([Variable("s", ty, False)], lambda: g.expr(result, 2))
        block_.statements.append(S([f"{method}(s::{ty.text}) = ", body]))
    g.functions.append(Function(method, [abstract], result, 10, simple_call))


def operators(g, block_, ty):
    """Methods of Base's functions for one type."""
    key = g.scoped([Variable("s", ty, False)], lambda: g.expr(t.INT, 2))
    head = ty.constructor.split("{")[0]
    order = g.name("key")
    block_.statements.append(S([f"{order}(s::{head}) = ", key]))
    block_.statements.append(S([f"Base.isless(s::{head}, r::{head}) = {order}(s) < {order}(r)"]))
    if g.chance(0.5):
        block_.statements.append(S([f'Base.show(io::IO, s::{head}) = print(io, "<", {order}(s), ">")']))
    if g.chance(0.4):
        block_.statements.append(S([f"Base.:+(s::{head}, r::Int) = {order}(s) + r"]))


def simple_call(g, f, depth):
    return E(f.result, f.name, "(", *commas([g.expr(a, depth) for a in f.arguments]), ")")


def define_function(g, block_):
    name = g.name("f")
    arguments = [g.choose_type() for _ in range(g.rng.randint(0, 3))]
    names = [g.name("p") for _ in arguments]
    result = g.choose_type()
    style = g.pick(["plain", "plain", "plain", "optional", "keyword", "varargs", "generic", "short"])
    shown = [n if a.kind == "abstract" or g.chance(0.3) else f"{n}::{a.text}" for n, a in zip(names, arguments)]
    variables = [Variable(n, a, True) for n, a in zip(names, arguments)]
    call, where = simple_call, ""
    head = shown
    if style == "optional":
        extra, n = g.choose_type(1), g.name("o")
        default = g.scoped(variables, lambda: g.expr(extra, 1))
        variables.append(Variable(n, extra, True))
        head = shown + [E(extra, f"{n} = ", default)]
        call = lambda g, f, depth: E(result, name, "(", *commas(
            [g.expr(a, depth) for a in arguments] + ([g.expr(extra, depth)] if g.chance(0.5) else [])), ")")
    elif style == "keyword":
        extra, n, m = g.choose_type(1), g.name("k"), g.name("k")
        variables += [Variable(n, extra, True), Variable(m, t.INT, False)]
        head = shown + [E(extra, f"; {n} = ", g.expr(extra, 1), f", {m}::Int = ", g.expr(t.INT, 1))]
        call = lambda g, f, depth: keyword_call(g, name, arguments, result, [(n, extra), (m, t.INT)], depth)
    elif style == "varargs":
        rest, n = g.choose_type(1), g.name("r")
        count = g.rng.randint(0, 3)
        variables.append(Variable(f"collect({rest.text}, {n})", t.vector(rest), False))
        head = shown + [f"{n}..."]
        call = lambda g, f, depth: E(result, name, "(", *commas(
            [g.expr(a, depth) for a in arguments] + splat(g, rest, count, depth)), ")")
    elif style == "generic" and names:
        head = [f"{n}::P{i}" for i, n in enumerate(names)]
        where = f" where {{{', '.join(f'P{i}' for i in range(len(names)))}}}"
    signature = [f"function {name}(", *semicolons(head), ")", where]
    g.cost, g.weight, g.result = 1, 1, result
    if style == "short":
        body = g.scoped(variables, lambda: g.expr(result, 3))
        block_.statements.append(S([f"{name}(", *semicolons(head), ") = ", body]))
    else:
        body = g.scoped(variables, lambda: block(g, 5, lambda: [S(["return ", g.expr(result)], fixed=True)]))
        block_.statements.append(S(signature, body, ["end"]))
    g.result = None
    if g.cost <= 500:
        g.functions.append(Function(name, arguments, result, g.cost, call))


def semicolons(head):
    """Arguments with commas between, but none before keywords."""
    parts = []
    for i, item in enumerate(head):
        keywords = isinstance(item, E) and isinstance(item.parts[0], str) and item.parts[0].startswith(";")
        parts += [", ", item] if i and not keywords else [item]
    return parts


def keyword_call(g, name, arguments, result, keywords, depth):
    chosen = [k for k in keywords if g.chance(0.5)]
    g.rng.shuffle(chosen)
    given = [E(a, f"{k} = ", g.expr(a, depth)) for k, a in chosen]
    if given and g.chance(0.2):
        return E(result, name, "(", *commas([g.expr(a, depth) for a in arguments]), "; (; ", *commas(given), ")...)")
    return E(result, name, "(", *commas([g.expr(a, depth) for a in arguments]), *(["; "] + commas(given) if given else []), ")")


def splat(g, rest, count, depth):
    if g.chance(0.3):
        return [E(rest, g.expr(t.vector(rest), depth), "...")]
    return [g.expr(rest, depth) for _ in range(count)]


def define_family(g, block_):
    """One function, methods for several types of its arguments; some calls are ambiguous or have no method."""
    name = g.name("d")
    arity = g.pick([1, 1, 2])
    result = g.choose_scalar()
    patterns = ["Int", "Integer", "Number", "AbstractFloat", "String", "AbstractString", "Bool", "Char", "Vector", "Tuple", "Any",
                "Union{Int, String}", "Nothing", "Vector{<:Number}", "Symbol"] + [s.constructor for s in g.structs if s.kind == "struct"]
    known = {"Int": t.INT, "String": t.STRING, "Bool": t.BOOL, "Char": t.CHAR, "Symbol": t.SYMBOL}
    seen = set()
    for _ in range(g.rng.randint(2, 5)):
        chosen = tuple(g.pick(patterns) for _ in range(arity))
        if chosen in seen:
            continue
        seen.add(chosen)
        variables = [Variable(f"x{i}", known.get(p, t.ANY), False) for i, p in enumerate(chosen)]
        g.cost = 1
        body = g.scoped(variables, lambda: g.expr(result if g.chance(0.8) else g.choose_scalar(), 2))
        block_.statements.append(S([f"{name}({', '.join(f'x{i}::{p}' for i, p in enumerate(chosen))}) = ", body]))
    g.families.append((name, arity))


def define_recursion(g, block_):
    name, result = g.name("rec"), g.choose_type(1)
    n = g.name("n")
    acc = g.name("p")
    g.cost, g.weight = 1, 8
    inside = [Variable(acc, result, False), Variable(n, t.INT, False)]
    base = g.scoped(inside, lambda: g.expr(result, 1))
    step = g.scoped(inside, lambda: g.expr(result, 2))
    again = [f"{name}({n} - 1, ", step, ")"]
    if g.chance(0.4):
        again = g.scoped(inside + [Variable(f"{name}({n} - 1, {acc})", result, False)], lambda: [g.expr(result, 2)])
    text = [f"{name}({n}, {acc}) = {n} <= 0 ? ", base, " : ", *again]
    # The name of the call may come up several times: then the depth has to be small.
    times = "".join(p if isinstance(p, str) else p.text() for p in text).count(name + "(") - 1
    limit = 8 if times <= 1 else 3 if times <= 3 else 1
    block_.statements.append(S(text))
    g.weight = 1
    cost = g.cost * max(1, times) ** limit + 8
    if cost < 400 and result.kind != "abstract":
        call = lambda g, f, depth: E(result, f"{name}(", g.expr(t.INT, depth), f" & {7 if limit == 8 else limit}, ", g.expr(result, depth), ")")
        g.functions.append(Function(name, [t.INT, result], result, cost, call))


def define_idiom(g, block_):
    g.cost, g.weight = 1, 1
    g.pick(idioms.DEFINITIONS)(g, block_)


def define_step(g, number, size):
    g.cost, g.weight, g.result = 1, 1, None
    mark = len(g.variables)
    statements = []
    for _ in range(g.rng.randint(2, 6)):
        statements.append(declare(g))
    for _ in range(size):
        made = one(g)
        if made:
            statements.append(made)
    for v in g.variables[mark:]:
        if v.ty.kind != "function" and g.chance(0.7):
            statements.append(S([f"out({v.name})"]))
    del g.variables[mark:]
    body = Block(*statements)
    if g.chance(0.6):  # a loop has the step compiled at once
        body = Block(S(["for turn in 1:2"], body, ["end"]))
    return S([f"function step{number}()"], body, ["end"])


def make(seed, number, size=4):
    """Program `number` of a seed, as a tree."""
    g = Generator(random.Random(f"{seed}/{number}"))
    g.choose_palette(random.Random(f"{seed}/types/{number // GROUP}"))
    block_ = Block(S(["COUNT = 0"]), S(["const STATE = Ref{Any}(nothing)"]), S(["const LOG = Int[]"]))
    g.budget = 30
    define_structs(g, block_)
    for _ in range(g.rng.randint(1, 4)):
        g.budget = 25
        g.weighted([(5, define_function), (2, define_family), (2, define_recursion), (5, define_idiom)])(g, block_)
    for number in range(g.rng.randint(1, 2)):
        g.budget = 20 * size
        block_.statements.append(define_step(g, number, size))
        call = S(["try"], Block(S([f"step{number}()"])), ["catch e"], Block(S(["say(e)"])), ["end"])
        block_.statements.append(call)
        if g.chance(0.3):
            block_.statements.append(call)
    return block_


def module_text(number, program):
    """The program as a module that says where it begins and ends."""
    lines = [f"module P{number}", "using Main: clip, sane, out, say, Oops", f'println("{header(number)}"); flush(stdout)']
    return "\n".join(lines + render(program) + ["end", ""])
