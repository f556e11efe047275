# SPDX-License-Identifier: MIT
"""Expressions of any type: conditionals, blocks, calls, parts of what is in scope, try as an expression."""
import types_ as t
from core import LEAVES, Variable, commas, produces
from tree import E


@produces("*", weight=1)
def conditional(g, ty, depth):
    return E(ty, "(", g.expr(t.BOOL, depth), " ? ", g.expr(ty, depth), " : ", g.expr(ty, depth), ")")


@produces("*", weight=0.6)
def let_block(g, ty, depth):
    inner = g.choose_type()
    name = g.pick(g.visible()).name if g.variables and g.chance(0.2) else g.name("y")
    if not name.isidentifier():
        return None
    value = g.expr(inner, depth)
    body = g.scoped([Variable(name, inner, False)], lambda: g.expr(ty, depth))
    return E(ty, f"(let {name} = ", value, "; ", body, " end)")


@produces("*", weight=0.5)
def try_expression(g, ty, depth):
    g.in_try += 1
    body = g.expr(ty, depth)
    g.in_try -= 1
    if g.chance(0.3):
        e = g.name("e")
        return E(ty, "(try ", body, f" catch {e}; {e} isa {g.pick(['BoundsError', 'DivideError', 'InexactError', 'KeyError'])} ? ",
                 g.expr(ty, 0), " : ", g.expr(ty, 0), " end)")
    return E(ty, "(try ", body, " catch; ", g.expr(ty, 0), " end)")


@produces("*", weight=3)
def call(g, ty, depth):
    candidates = [f for f in g.functions if f.result == ty]
    if not candidates:
        return None
    f = g.pick(candidates)
    return f.call(g, f, depth) if g.spend(f.cost) else None


@produces("*", weight=2)
def call_closure(g, ty, depth):
    found = g.variables_of(lambda v: v.kind == "function" and v.result == ty)
    if not found:
        return None
    f = g.pick(found)
    if not g.spend(f.ty.cost):
        return None
    return E(ty, f.name, "(", *commas([g.expr(a, depth) for a in f.ty.args]), ")")


@produces("*", weight=1)
def immediate_closure(g, ty, depth):
    arguments = [g.choose_type(1) for _ in range(g.rng.randint(1, 2))]
    return E(ty, "((", *g.lambda_(arguments, ty, depth, times=1), ")(", *commas([g.expr(a, depth) for a in arguments]), "))")


@produces("*", weight=3)
def field(g, ty, depth):
    """A field, element or unwrapped value of something in scope."""
    options = []
    for v in g.visible():
        kind, args = v.ty.kind, v.ty.args
        if kind == "struct":
            options += [E(ty, f"{v.name}.{n}") for n, f in v.ty.fields if f == ty]
        elif kind == "named":
            options += [E(ty, f"{v.name}.{n}") for n, f in zip(v.ty.names, args) if f == ty]
            options += [E(ty, f"{v.name}[{i + 1}]") for i, f in enumerate(args) if f == ty]
        elif kind == "tuple":
            options += [E(ty, f"{v.name}[{i + 1}]") for i, f in enumerate(args) if f == ty]
        elif kind == "vector" and args[0] == ty:
            options.append((element, v.name))
        elif kind == "dict" and args[1] == ty:
            options.append((looked_up, v))
        elif kind == "optional" and args[0] == ty:
            options.append((unwrapped, v.name))
        elif kind == "any" and not g.in_leaf and ty.kind not in ("any", "optional", "abstract", "function"):
            options.append((narrowed, v.name))
    if not options:
        return None
    option = g.pick(options)
    return option if isinstance(option, E) else option[0](g, ty, depth, option[1])


LEAVES.append(lambda g, ty: field(g, ty, 0))


def element(g, ty, depth, name):
    if g.risky():
        return E(ty, f"{name}[", g.pick([g.expr(t.INT, depth), E(t.INT, "end"), E(t.INT, "begin")]), "]")
    if g.chance(0.2):
        return E(ty, f"(isempty({name}) ? ", g.expr(ty, 0), f" : {g.pick(['first', 'last'])}({name}))")
    return E(ty, f"get({name}, ", g.expr(t.INT, depth), ", ", g.expr(ty, depth), ")")


def looked_up(g, ty, depth, v):
    key = g.expr(v.ty.args[0], depth)
    if g.risky():
        return E(ty, f"{v.name}[", key, "]")
    return E(ty, f"get({v.name}, ", key, ", ", g.expr(ty, depth), ")")


def unwrapped(g, ty, depth, name):
    how = g.rng.randrange(3)
    if how == 0:
        return E(ty, f"something({name}, ", g.expr(ty, depth), ")")
    if how == 1:
        return E(ty, f"({name} === nothing ? ", g.expr(ty, depth), f" : {name})")
    return E(ty, f"(!isnothing({name}) ? {name} : ", g.expr(ty, depth), ")")


def narrowed(g, ty, depth, name):
    if g.risky():
        return E(ty, f"{name}::{ty.text}")
    return E(ty, f"({name} isa {ty.text} ? {name} : ", g.expr(ty, depth), ")")


@produces("*", weight=0.4)
def through_tuple(g, ty, depth):
    others = [g.expr(g.choose_type(1), depth) for _ in range(g.rng.randint(1, 2))]
    place = g.rng.randint(0, len(others))
    items = others[:place] + [g.expr(ty, depth)] + others[place:]
    return E(ty, "(", *commas(items), f")[{place + 1}]")


@produces("*", weight=0.4)
def through_reference(g, ty, depth):
    how = g.pick(["Ref{Any}(", "Any[", "Ref("])
    if how == "Any[":
        return E(ty, "(Any[", g.expr(ty, depth), f"][1]::{ty.text})")
    return E(ty, "(", how, g.expr(ty, depth), f")[]::{ty.text})")


@produces("*", weight=0.8)
def composed(g, ty, depth):
    inner = g.choose_type(1)
    f = g.lambda_([inner], ty, depth, times=1)
    return E(ty, "(", g.expr(inner, depth), " |> (", *f, "))")
