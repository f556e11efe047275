# SPDX-License-Identifier: MIT
"""Expressions whose result is a vector, matrix, tuple, named tuple, Dict, Set, optional value or struct."""
import types_ as t
from core import Variable, commas, produces
from tree import E


def generator_over(g, body_type, depth, filtered=0.4):
    """`body for x in xs [if ...]`, as parts; two variables now and then."""
    x, element = g.name("x"), g.choose_type(1)
    source = g.expr(t.vector(element), depth) if g.chance(0.7) else g.expr(t.INT, 0)
    if source.ty == t.INT:
        element, source = t.INT, E(t.vector(t.INT), f"1:", "(", source, f" & {g.pick([1, 3, 7])})")
    variables, heads = [Variable(x, element, False)], [f" for {x} in ", source]
    if g.chance(0.2):
        y = g.name("x")
        variables.append(Variable(y, t.INT, False))
        heads += [f"{g.pick([',', ' for'])} {y} in 1:{g.pick([0, 2, 3])}"]
    if g.chance(0.15):
        i = g.name("x")
        variables.append(Variable(i, t.INT, False))
        heads = [f" for ({i}, {x}) in enumerate(", source, ")"]
        variables = [variables[0], variables[-1]]
    saved, g.in_try = g.in_try, 0
    body = g.repeated(5, lambda: g.scoped(variables, lambda: g.expr(body_type, depth)))
    if g.chance(filtered):
        heads += [" if ", g.repeated(5, lambda: g.scoped(variables, lambda: g.expr(t.BOOL, depth)))]
    g.in_try = saved
    return [body, *heads]


@produces("vector", weight=6)
def comprehension(g, ty, depth):
    element = ty.args[0]
    return E(ty, element.text, "[", *flat_generator(g, element, depth), "]")


def flat_generator(g, element, depth):
    """Like generator_over, but never of two dimensions: `for x in a, y in b` would make a matrix."""
    parts = generator_over(g, element, depth)
    return [p.replace(",", " for") if isinstance(p, str) and p.startswith(", x") else p for p in parts]


@produces("vector", weight=6)
def mapped(g, ty, depth):
    element, source = ty.args[0], g.choose_type(1)
    how = g.rng.randrange(5)
    if how == 0:
        return E(ty, "convert(", ty.text, ", map(", *g.lambda_([source], element, depth), ", ", g.expr(t.vector(source), depth), "))")
    if how == 1:
        return E(ty, "filter(", *g.lambda_([element], t.BOOL, depth), ", ", g.expr(ty, depth), ")")
    if how == 2:
        other = g.choose_type(1)
        return E(ty, ty.text, "(map(", *g.lambda_([source, other], element, depth), ", ",
                 g.expr(t.vector(source), depth), ", ", g.expr(t.vector(other), depth), "))")
    if how == 3:
        return E(ty, "collect(", element.text, ", ", "(", *flat_generator(g, element, depth), "))")
    return E(ty, ty.text, "(accumulate(", *g.lambda_([element, element], element, depth), ", ", g.expr(ty, depth), "))")


SORTABLE = ("int", "float", "char", "string", "bool", "symbol")


@produces("vector", weight=6)
def rearranged(g, ty, depth):
    element, source = ty.args[0], g.expr(ty, depth)
    how = g.rng.randrange(12)
    if how < 2:
        if element.kind in SORTABLE and g.chance(0.5):
            return E(ty, "sort(", source, g.pick(["", ", rev = true", ", by = string"]), ")")
        key = g.pick([t.INT, t.STRING, t.FLOAT, t.tuple_of(t.INT, t.CHAR)])
        return E(ty, "sort(", source, ", by = ", *g.lambda_([element], key, depth), ")")
    if how == 2 and element.kind in SORTABLE:
        return E(ty, "unique(", source, ")")
    if how == 3:
        return E(ty, "reverse(", source, ")")
    if how == 4:
        return E(ty, "clip(vcat(", *commas([source] + [g.expr(ty, depth) for _ in range(g.rng.randint(1, 2))]), "))")
    if how == 5:
        return E(ty, "clip([", source, "; ", g.expr(ty, depth), "])")
    if how == 6:
        return E(ty, f"first(", source, f", {g.pick([0, 1, 3])})")
    if how == 7:
        return E(ty, "clip(", g.pick(["push!(copy(", "pushfirst!(copy("]), source, "), ", g.expr(element, depth), "))")
    if how == 8:
        return E(ty, "clip(append!(copy(", source, "), ", g.expr(ty, depth), "))")
    if how == 9 and g.risky():
        return E(ty, source, "[", g.expr(t.INT, 0), ":", g.pick(["end", "2", "end - 1"]), "]")
    if how == 10:
        return E(ty, "fill(", g.expr(element, depth), ", ", g.expr(t.INT, 0), " & 3)")
    if how == 11 and element.kind in SORTABLE:
        return E(ty, source, "[sortperm(", source, ")]")
    return E(ty, source, "[[i for i in eachindex(", source, ") if ", g.pick(["isodd(i)", "i > 1", "i & 2 == 0"]), "]]") if len(source.parts) == 1 else None


@produces("vector", weight=3)
def special_vector(g, ty, depth):
    element = ty.args[0]
    if element.kind == "char":
        return E(ty, "collect(", g.expr(t.STRING, depth), ")")
    if element == t.STRING and g.chance(0.7):
        return E(ty, "String.(split(", g.expr(t.STRING, depth), g.pick(["", ', ","', ', ""', ", keepempty = false"]), "))")
    if element == t.INT:
        how = g.rng.randrange(5)
        if how == 0:
            return E(ty, "collect(", g.expr(ty.args[0], 0), " .+ (", g.pick(["1:3", "2:-1:0", "0:2:7", "5:4"]), "))")
        if how == 1:
            inner = g.choose_type(1)
            return E(ty, "findall(", *g.lambda_([inner], t.BOOL, depth), ", ", g.expr(t.vector(inner), depth), ")")
        if how == 2:
            return E(ty, "digits(abs(", g.expr(t.INT, depth), f"), base = {g.pick([2, 10, 100])})")
        if how == 3:
            return E(ty, "sortperm(", g.expr(t.vector(g.pick([t.INT, t.STRING, t.FLOAT])), depth), ")")
        return E(ty, "length.(", g.expr(t.vector(g.pick([t.STRING, t.vector(t.INT)])), depth), ")")
    if element.kind in ("int", "float") and g.chance(0.6):
        return broadcast(g, ty, depth)
    if element.kind in t.KEY_KINDS and g.chance(0.4):
        return E(ty, "sort!(collect(keys(", g.expr(t.dict_of(element, g.choose_type(1)), depth), ")))") if g.chance(0.5) else \
            E(ty, "collect(", g.expr(t.set_of(element), depth), ")")
    return E(ty, "collect(values(", g.expr(t.dict_of(t.choose_key(g.rng), element), depth), "))")


def broadcast(g, ty, depth):
    element = ty.args[0]
    a = g.expr(ty, depth)
    b = g.pick([g.expr(element, depth), E(element, a), E(element, "reverse(", a, ")")])
    op = g.pick([".+", ".-", ".*", ".+", ".*"])
    how = g.rng.randrange(4)
    if how == 0:
        return E(ty, "(", a, f" {op} ", b, f" {op} ", g.expr(element, 0), ")")
    if how == 1:
        return E(ty, "ifelse.(", a, " .", g.pick(["<", "==", ">="]), " ", b, ", ", a, ", ", g.expr(element, 0), ")")
    if how == 2:
        return E(ty, ty.text, "((", *g.lambda_([element], element, depth), ").(", a, "))")
    return E(ty, g.pick(["abs.", "-", "abs2."]), "(", a, f" {op} ", b, ")")


@produces("matrix", weight=4)
def matrix(g, ty, depth):
    element = ty.args[0]
    how = g.rng.randrange(8)
    if how == 0:
        i, j = g.name("x"), g.name("x")
        inside = [Variable(i, t.INT, False), Variable(j, t.INT, False)]
        body = g.repeated(6, lambda: g.scoped(inside, lambda: g.expr(element, depth)))
        return E(ty, element.text, "[", body, f" for {i} in 1:{g.rng.randint(0, 3)}, {j} in 1:{g.rng.randint(1, 3)}]")
    source = g.expr(ty, depth)
    if how == 1:
        return E(ty, "permutedims(", source, ")")
    if how == 2:
        return E(ty, ty.text, "(", source, "')")
    if how == 3 and element.kind != "bool":
        return E(ty, "(", source, f" {g.pick(['.+', '.*', '.-'])} ", g.expr(element, depth), ")")
    if how == 4:
        return E(ty, "zeros(", element.text, f", {g.rng.randint(0, 3)}, {g.rng.randint(0, 3)})")
    if how == 5 and element.kind != "bool":
        return E(ty, ty.text, "((", *g.lambda_([element], element, depth), ").(", source, "))")
    if how == 6 and element.kind != "bool" and element.bits >= 64:
        return E(ty, g.pick(["sum", "maximum"]) if g.risky() else "sum", "(", source, f", dims = {g.pick([1, 2])})")
    if how == 7 and element.text in ("Int64", "Float64"):
        return E(ty, "(", source, " * permutedims(", source, "))") if len(source.parts) == 1 else None
    return E(ty, "map(", *g.lambda_([element], element, depth), ", ", source, ")") if element.kind != "bool" else None


@produces("tuple", weight=4)
def tuple_(g, ty, depth):
    if g.chance(0.6):
        return E(ty, "(", *commas([g.expr(a, depth) for a in ty.args]), ",)" if len(ty.args) == 1 else ")")
    if len(ty.args) == 2 and ty.args[0] == ty.args[1]:
        a = ty.args[0]
        if a.kind == "int":
            return E(ty, g.pick(["divrem(", "fldmod("]), g.expr(a, depth), ", ", g.expr(a, 0), f" | {a.text}(1))")
        if a.kind in ("float", "string", "char"):
            return E(ty, g.pick(["minmax(", "tuple("]), g.expr(a, depth), ", ", g.expr(a, depth), ")")
        return E(ty, "reverse(", g.expr(ty, depth), ")")
    if len(set(ty.args)) == 1:
        return E(ty, "ntuple(", *g.lambda_([t.INT], ty.args[0], depth), f", {len(ty.args)})")
    if len(ty.args) > 1:
        return E(ty, "(", g.expr(t.tuple_of(*ty.args[:1]), depth), "..., ", g.expr(t.tuple_of(*ty.args[1:]), depth), "...)")
    return E(ty, "map(identity, ", g.expr(ty, depth), ")")


@produces("named", weight=4)
def named(g, ty, depth):
    if len(ty.names) > 1 and g.chance(0.3):
        k = g.rng.randint(1, len(ty.names) - 1)
        front, back = t.named(ty.names[:k], ty.args[:k]), t.named(ty.names[k:], ty.args[k:])
        return E(ty, "merge(", g.expr(front, depth), ", ", g.expr(back, depth), ")") if g.chance(0.5) else \
            E(ty, "(; ", g.expr(front, depth), "..., ", g.expr(back, depth), "...)")
    items = [E(a, n, " = ", g.expr(a, depth)) for n, a in zip(ty.names, ty.args)]
    return E(ty, "(", *commas(items), ",)" if len(items) == 1 else ")")


@produces("dict", weight=4)
def dictionary(g, ty, depth):
    key, value = ty.args
    how = g.rng.randrange(6)
    if how == 0:
        x, element = g.name("x"), g.choose_type(1)
        make = lambda: [g.expr(key, depth), " => ", g.expr(value, depth)]
        body = g.repeated(5, lambda: g.scoped([Variable(x, element, False)], make))
        return E(ty, ty.text, "(", *body, f" for {x} in ", g.expr(t.vector(element), depth), ")")
    if how == 1:
        return E(ty, "merge(", g.expr(ty, depth), ", ", g.expr(ty, depth), ")")
    if how == 2:
        p = g.name("x")
        saved = [Variable(f"first({p})", key, False), Variable(f"last({p})", value, False)]
        return E(ty, f"filter({p} -> ", g.repeated(4, lambda: g.scoped(saved, lambda: g.expr(t.BOOL, depth))), ", ", g.expr(ty, depth), ")")
    if how == 3:
        return E(ty, ty.text, "(zip(", g.expr(t.vector(key), depth), ", ", g.expr(t.vector(value), depth), "))")
    if how == 4 and value.text in ("Int64", "Float64"):
        return E(ty, f"mergewith({g.pick(['+', 'max', '-'])}, ", g.expr(ty, depth), ", ", g.expr(ty, depth), ")")
    return E(ty, "delete!(copy(", g.expr(ty, depth), "), ", g.expr(key, depth), ")")


@produces("set", weight=4)
def set_(g, ty, depth):
    element = ty.args[0]
    how = g.rng.randrange(4)
    if how == 0:
        return E(ty, g.pick(["union", "intersect", "setdiff", "symdiff"]), "(", g.expr(ty, depth), ", ", g.expr(ty, depth), ")")
    if how == 1:
        return E(ty, ty.text, "(", g.expr(t.vector(element), depth), ")")
    if how == 2:
        return E(ty, ty.text, "(", *flat_generator(g, element, depth), ")")
    return E(ty, "push!(copy(", g.expr(ty, depth), "), ", g.expr(element, depth), ")")


@produces("optional", weight=4)
def optional(g, ty, depth):
    element = ty.args[0]
    how = g.rng.randrange(5)
    if how == 0:
        return E(ty, "(", g.expr(t.BOOL, depth), " ? ", g.expr(element, depth), " : nothing)")
    if how == 1:
        return E(ty, "get(", g.expr(t.dict_of(t.INT, element), depth), ", ", g.expr(t.INT, depth), ", nothing)")
    if how == 2 and element == t.INT:
        inner = g.choose_type(1)
        return E(ty, g.pick(["findfirst(", "findlast("]), *g.lambda_([inner], t.BOOL, depth), ", ", g.expr(t.vector(inner), depth), ")")
    if how == 3 and element.kind in ("int", "float") and element.bits == 64:
        return E(ty, f"tryparse({element.text}, ", g.expr(t.STRING, depth), ")")
    return E(ty, g.expr(element, depth))


@produces("any", weight=4)
def anything(g, ty, depth):
    if g.chance(0.2):
        items = [g.expr(g.choose_scalar(), depth) for _ in range(3)]
        return E(ty, "Any[", *commas(items), "][", g.expr(t.INT, depth), " & 1 + 1]")
    return E(ty, g.expr(g.choose_type(), depth))


@produces("struct", weight=4)
def construct(g, ty, depth):
    return E(ty, ty.constructor, "(", *commas([g.expr(f, depth) for _, f in ty.fields]), ")")


@produces("abstract", weight=4)
def a_member(g, ty, depth):
    return E(ty, g.expr(g.pick(ty.members), depth))
