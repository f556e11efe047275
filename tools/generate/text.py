# SPDX-License-Identifier: MIT
"""Expressions whose result is a Char, a String or a Symbol. What may grow is clipped, so that loops stay small."""
import types_ as t
from core import Variable, commas, produces
from tree import E


@produces("char", weight=3)
def character(g, ty, depth):
    how = g.rng.randrange(6)
    if how == 0:
        return E(ty, f"({g.pick(chr_base())} + mod(", g.expr(t.INT, depth), f", {g.pick([3, 10, 26])}))")
    if how == 1:
        return E(ty, g.pick(["uppercase", "lowercase"]), "(", g.expr(ty, depth), ")")
    if how == 2 and g.risky():
        return E(ty, g.pick(["first", "last"]), "(", g.expr(t.STRING, depth), ")")
    if how == 3 and g.risky():
        return E(ty, g.expr(t.STRING, 0), "[", g.expr(t.INT, depth), "]")
    if how == 4:
        return E(ty, g.pick(["max", "min"]), "(", *commas([g.expr(ty, depth), g.expr(ty, depth)]), ")")
    return E(ty, "get(collect(", g.expr(t.STRING, depth), "), ", g.expr(t.INT, depth), ", ", g.expr(t.CHAR, 0), ")")


def chr_base():
    return ["'a'", "'A'", "'0'", "'α'"]


@produces("string", weight=4)
def interpolation(g, ty, depth):
    parts = []
    for _ in range(g.rng.randint(1, 3)):
        parts += [g.pick(["", " ", "x", "=", ","]), "$(", g.expr(g.choose_type(1), depth), ")"]
    return E(ty, 'clip("', *parts, '")')


@produces("string", weight=3)
def concatenation(g, ty, depth):
    if g.chance(0.3):
        return E(ty, "clip(string(", *commas([g.expr(g.choose_type(1), depth) for _ in range(g.rng.randint(1, 3))]), "))")
    return E(ty, "clip(", g.expr(ty, depth), " * ", g.expr(g.pick([ty, t.CHAR]), depth), ")")


@produces("string", weight=5)
def string_function(g, ty, depth):
    s = g.expr(ty, depth)
    how = g.rng.randrange(16)
    if how < 3:
        return E(ty, g.pick(["uppercase", "lowercase", "reverse", "titlecase", "uppercasefirst"]), "(", s, ")")
    if how == 3:
        return E(ty, "String(", g.pick(["strip", "lstrip", "rstrip", "chomp"]), "(", s, "))")
    if how == 4:
        return E(ty, "clip(replace(", s, ", ", g.expr(t.pick_pattern(g.rng), 0), " => ", g.expr(ty, 0), "))")
    if how == 5:
        return E(ty, f"clip({g.pick(['lpad', 'rpad'])}(", s, f", {g.pick([0, 3, 8])}, {g.pick(chr_base())}))")
    if how == 6:
        return E(ty, f"{g.pick(['first', 'last'])}(", s, f", {g.pick([0, 1, 2, 5])})")
    if how == 7:
        delimiter = g.pick(["\"\"", "\", \"", "'-'"])
        return E(ty, "clip(join(", g.expr(t.vector(g.choose_type(1)), depth), f", {delimiter}))")
    if how == 8:
        return E(ty, "clip(repeat(", s, ", ", g.expr(t.INT, depth), " & 3))")
    if how == 9:
        return E(ty, "string(", g.expr(g.pick(t.INTS), depth), f", base = {g.pick([2, 8, 10, 16, 36])}, pad = {g.pick([1, 4])})")
    if how == 10:
        return E(ty, g.pick(["map(uppercase, ", "filter(isletter, ", "filter(!isspace, "]), s, ")")
    if how == 11:
        return E(ty, "map(", *g.lambda_([t.CHAR], t.CHAR, depth), ", ", s, ")")
    if how == 12:
        return E(ty, "filter(", *g.lambda_([t.CHAR], t.BOOL, depth), ", ", s, ")")
    if how == 13:
        return E(ty, g.pick(["clip(repr(", "clip(sprint(show, ", "clip(sprint(print, "]), g.expr(g.choose_type(), depth), "))")
    if how == 14:
        return E(ty, "bitstring(", g.expr(g.pick(t.INTS[:3] + t.INTS[5:8]), depth), ")")
    separator = g.pick(['" "', '","', "'a'"])
    return E(ty, "join(split(", s, f", {separator}), \"|\")")


@produces("string", weight=1)
def joined_generator(g, ty, depth):
    x = g.name("x")
    element = g.choose_type(1)
    body = g.repeated(5, lambda: g.scoped([Variable(x, element, False)], lambda: g.expr(ty, depth)))
    return E(ty, "clip(join(", body, f" for {x} in ", g.expr(t.vector(element), depth), "))")


@produces("string", weight=1)
def part(g, ty, depth):
    if not g.risky():
        return None
    return E(ty, g.expr(ty, 0), "[", g.expr(t.INT, depth), ":", g.pick(["end", "3", "2"]), "]")


@produces("symbol", weight=1)
def symbol(g, ty, depth):
    return E(ty, "Symbol(", g.expr(g.pick([t.STRING, t.INT, t.CHAR]), depth), ")")
