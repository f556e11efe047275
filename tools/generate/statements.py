# SPDX-License-Identifier: MIT
"""Statements. Each function returns an S, or None when it does not fit; the variables it declares stay in scope."""
import types_ as t
from core import STATEMENTS, Variable, commas, statement
from tree import Block, E, S


def block(g, most, make=None):
    """A block with a scope of its own."""
    mark = len(g.variables)
    g.nesting += 1
    body = Block(*[s for s in (one(g) for _ in range(g.rng.randint(1, most))) if s])
    if make:
        body.statements += make()
    g.nesting -= 1
    del g.variables[mark:]
    return body


def one(g):
    for _ in range(4 if g.budget > 0 else 0):
        made = g.weighted(STATEMENTS)(g)
        if made:
            return made
    return None


@statement(6)
def declare(g):
    ty = g.choose_type()
    value = g.expr(ty)
    name = g.name()
    g.variables.append(Variable(name, ty, ty.kind not in ("abstract",)))
    how = g.rng.random()
    if how < 0.15 and ty.kind not in ("abstract", "struct"):
        return S([f"local {name}::{ty.text} = ", value])
    return S([f"{name} = ", value])


@statement(7)
def print_value(g):
    found = g.variables_of(lambda ty: ty.kind != "function")
    if found and g.chance(0.6):
        return S(["out(", E(g.pick(found).ty, g.pick(found).name), ")"])
    return S(["out(", g.expr(g.choose_type()), ")"])


@statement(7)
def assign(g):
    found = [v for v in g.visible() if v.assignable]
    if not found:
        return None
    v = g.pick(found)
    if v.ty.kind in ("int", "float") and g.chance(0.4):
        op = g.pick(["+=", "-=", "*="])
        return S([f"{v.name} {op} ", g.expr(v.ty)])
    return S([f"{v.name} = ", g.expr(v.ty)])


@statement(5)
def if_(g):
    if g.nesting > 3:
        return None
    items = [["if ", g.expr(t.BOOL)], block(g, 3)]
    if g.chance(0.3):
        items += [["elseif ", g.expr(t.BOOL)], block(g, 2)]
    if g.chance(0.5):
        items += [["else"], block(g, 3)]
    return S(*items, ["end"])


def loop_sources(g):
    """(variables, parts of `x in ...`, turns)"""
    i, j = g.name("i"), g.name("i")
    how = g.rng.randrange(11)
    var = lambda n, ty: Variable(n, ty, False)
    if how < 3:
        n = g.rng.randint(0, 6)
        return [var(i, t.INT)], [f"{i} in {g.pick([f'1:{n}', f'{n}:-1:1', f'0:2:{n}'])}"], n + 1
    if how == 3:
        return [var(i, t.INT)], [f"{i} in 1:(", g.expr(t.INT, 1), " & 7)"], 7
    if how == 4:
        element = g.choose_type(1)
        return [var(i, element)], [f"{i} in ", g.expr(t.vector(element))], 4
    if how == 5:
        element = g.choose_type(1)
        return [var(i, t.INT), var(j, element)], [f"({i}, {j}) in enumerate(", g.expr(t.vector(element)), ")"], 4
    if how == 6:
        a, b = g.choose_type(1), g.choose_type(1)
        return [var(i, a), var(j, b)], [f"({i}, {j}) in zip(", g.expr(t.vector(a)), ", ", g.expr(t.vector(b)), ")"], 4
    if how == 7:
        return [var(i, t.CHAR)], [f"{i} in ", g.expr(t.STRING)], 6
    if how == 8:
        key, value = t.choose_key(g.rng), g.choose_type(1)
        return [var(i, key), var(j, value)], [f"({i}, {j}) in ", g.expr(t.dict_of(key, value))], 3
    if how == 9:
        return [var(i, t.INT), var(j, t.INT)], [f"{i} in 1:3, {j} in {i}:3"], 6
    ty = g.pick(t.NUMBERS)
    return [var(i, ty)], [f"{i} in (", *commas([g.expr(ty, 1) for _ in range(3)]), ")"], 3


@statement(6)
def for_(g):
    if g.nesting > 3:
        return None
    variables, head, turns = loop_sources(g)
    if g.weight * turns > 150:
        return None
    g.in_loop += 1
    body = g.repeated(turns, lambda: g.scoped(variables, lambda: block(g, 4)))
    g.in_loop -= 1
    return S(["for ", *head], body, ["end"])


@statement(3)
def while_(g):
    if g.nesting > 3 or g.weight > 30:
        return None
    n = g.name("n")
    turns = g.rng.randint(1, 6)
    condition = ["true"] if g.chance(0.2) else [g.repeated(turns, lambda: g.expr(t.BOOL))]
    g.in_loop += 1
    body = g.repeated(turns, lambda: block(g, 3))
    g.in_loop -= 1
    fuel = S([f"({n} += 1) > {turns} && break"], fixed=True)
    body.statements.insert(0, fuel)
    return S([f"{n} = 0"], ["while ", *condition], body, ["end"])


@statement(2)
def leave(g):
    if not g.in_loop:
        return None
    return S([g.expr(t.BOOL), " && ", g.pick(["break", "continue"])])


@statement(1.5)
def return_(g):
    if g.result is None or g.nesting == 0:
        return None
    if g.chance(0.5):
        return S([g.expr(t.BOOL), " && return ", g.expr(g.result)])
    return S(["if ", g.expr(t.BOOL)], Block(S(["return ", g.expr(g.result)])), ["end"])


EXCEPTIONS = ['ArgumentError("bad")', 'ErrorException("oops")', "DivideError()", "BoundsError([1, 2], 3)", 'KeyError("k")',
              'DomainError(-1, "no")', "Oops(7)", 'AssertionError("a")', "OverflowError(\"o\")", "UndefVarError(:zz)", '"text"', "42"]


@statement(2)
def throw_(g):
    if not g.in_try or g.nesting == 0:
        return None
    value = g.pick(EXCEPTIONS)
    how = g.rng.randrange(4)
    if how == 0:
        return S([g.expr(t.BOOL), ' && error("e", ', g.expr(g.choose_scalar()), ")"])
    if how == 1:
        return S(["@assert ", g.expr(t.BOOL), ' "assertion"'])
    return S([g.expr(t.BOOL), f" && throw({value})"])


@statement(4)
def try_(g):
    if g.nesting > 3:
        return None
    e = g.name("e")
    g.in_try += 1
    body = block(g, 4)
    g.in_try -= 1
    items = [["try"], body]
    roll = g.rng.random()
    if roll < 0.8:
        handler = block(g, 2)
        report = g.pick([f"out(typeof({e}))", f"say({e})", f"say({e})", f"out({e} isa ErrorException)"])
        handler.statements.insert(0, S([report]))
        if g.in_try and g.chance(0.2):
            handler.statements.append(S([g.pick(["rethrow()", f"throw({e})", f"rethrow({e})"])]))
        items += [[f"catch {e}"], handler]
        if g.chance(0.15):
            items += [["else"], block(g, 2)]
    if roll >= 0.8 or g.chance(0.3):
        saved = g.in_loop, g.result
        g.in_loop, g.result = 0, None
        items += [["finally"], block(g, 2)]
        g.in_loop, g.result = saved
    made = S(*items, ["end"])
    if roll >= 0.8:
        made = S(["try"], Block(made), [f"catch {e}"], Block(S([f"say({e})"])), ["end"])
    return made


@statement(5)
def mutate(g):
    found = g.variables_of(lambda ty: ty.kind in ("vector", "dict", "set", "struct", "matrix"))
    if not found:
        return None
    v = g.pick(found)
    kind, args, name = v.ty.kind, v.ty.args, v.name
    if not name.isidentifier():
        return None
    if kind == "vector":
        return mutate_vector(g, name, args[0])
    if kind == "dict":
        key = g.expr(args[0])
        how = g.rng.randrange(4)
        if how == 0:
            return S([f"delete!({name}, ", key, ")"])
        if how == 1:
            return S([f"get!({name}, ", key, ", ", g.expr(args[1]), ")"])
        if how == 2 and args[1].kind in ("int", "float"):
            return S([f"{name}[", key, f"] = get({name}, ", key, f", zero({args[1].text})) + ", g.expr(args[1])])
        return S([f"{name}[", key, "] = ", g.expr(args[1])])
    if kind == "set":
        return S([g.pick(["push!", "delete!"]), f"({name}, ", g.expr(args[0]), ")"])
    if kind == "matrix":
        if g.chance(0.5):
            return S([f"{name} .{g.pick(['+', '-', '*'])}= ", g.expr(args[0])]) if args[0].kind != "bool" else None
        return S([f"isempty({name}) || ({name}[", g.pick(["1, 1", "end", "end, 1", "1"]), "] = ", g.expr(args[0]), ")"])
    if not v.ty.mutable or not v.ty.fields:
        return None
    field, ty = g.pick(v.ty.fields)
    if ty.kind in ("int", "float") and g.chance(0.4):
        return S([f"{name}.{field} += ", g.expr(ty)])
    return S([f"{name}.{field} = ", g.expr(ty)])


def mutate_vector(g, name, element):
    value = g.expr(element)
    how = g.rng.randrange(9)
    if how < 3:
        return S([f"length({name}) < 20 && {g.pick(['push!', 'push!', 'pushfirst!'])}({name}, ", value, ")"])
    if how == 3:
        return S([f"isempty({name}) || {g.pick(['pop!', 'popfirst!'])}({name})"])
    if how == 4:
        return S([f"isempty({name}) || ({name}[{g.pick(['1', 'end', 'begin'])}] = ", value, ")"])
    if how == 5 and g.risky():
        return S([f"{name}[", g.expr(t.INT, 1), "] = ", value])
    if how == 6 and element.kind in ("int", "float"):
        return S([f"{name} .{g.pick(['+', '-', '*'])}= ", value])
    if how == 7:
        return S([f"filter!(", *g.lambda_([element], t.BOOL, 2), f", {name})"])
    return S([f"for k in eachindex({name})"], Block(S([f"{name}[k] = ", value])), ["end"])


@statement(2)
def destructure(g):
    how = g.rng.randrange(5)
    a, b = g.name(), g.name()
    x, y = g.choose_type(1), g.choose_type(1)
    fresh = [Variable(a, x, True), Variable(b, y, True)]
    if how == 0:
        made = S([f"{a}, {b} = ", g.expr(x), ", ", g.expr(y)])
    elif how == 1:
        made = S([f"({a}, {b}) = ", g.expr(t.tuple_of(x, y))])
    elif how == 2:
        made = S([f"(; {a}, {b}) = ({a} = ", g.expr(x), f", {b} = ", g.expr(y), ")"])
    elif how == 3:
        fresh = [Variable(a, x, True), Variable(b, t.tuple_of(y, y), True)]
        made = S([f"{a}, {b}... = ", g.expr(t.tuple_of(x, y, y))])
    else:
        found = [v for v in g.visible() if v.assignable]
        pairs = [(p, q) for p in found for q in found if p.ty == q.ty and p.name < q.name]
        if not pairs:
            return None
        p, q = g.pick(pairs)
        return S([f"{p.name}, {q.name} = {q.name}, {p.name}"])
    g.variables += fresh
    return made


@statement(3)
def closure(g):
    """A local function; what it assigns outside is captured and shared."""
    if g.nesting > 2:
        return None
    arguments = [g.choose_type(1) for _ in range(g.rng.randint(0, 2))]
    result = g.choose_type(1)
    names = [g.name("p") for _ in arguments]
    f = g.name("f")
    saved = g.cost, g.weight, g.in_loop, g.result, g.in_try
    g.cost, g.weight, g.in_loop, g.result, g.in_try = 1, 1, 0, result, 0
    body = g.scoped([Variable(n, a, True) for n, a in zip(names, arguments)],
                    lambda: block(g, 3, lambda: [S(["return ", g.expr(result)], fixed=True)]))
    ty = t.function(arguments, result)
    ty.cost = g.cost
    g.cost, g.weight, g.in_loop, g.result, g.in_try = saved
    if ty.cost > 300:
        return None
    g.variables.append(Variable(f, ty, False))
    signature = ", ".join(f"{n}::{a.text}" if g.chance(0.5) and a.kind != "abstract" else n for n, a in zip(names, arguments))
    return S([f"function {f}({signature})"], body, ["end"])


@statement(1.5)
def do_block(g):
    if g.nesting > 2 or g.weight > 30:
        return None
    element, result = g.choose_type(1), g.choose_type(1)
    name, x = g.name(), g.name("x")
    source = g.expr(t.vector(element))
    saved = g.in_loop, g.result, g.in_try
    g.in_loop, g.result, g.in_try = 0, result, 0
    body = g.repeated(4, lambda: g.scoped([Variable(x, element, True)], lambda: block(g, 2, lambda: [S([g.expr(result)], fixed=True)])))
    g.in_loop, g.result, g.in_try = saved
    g.variables.append(Variable(name, t.vector(result), True))
    return S([f"{name} = {result.text}[]"], [f"for y in map(", source, f") do {x}"], body, ["end"],
             Block(S([f"push!({name}, y)"])), ["end"]) if result.kind != "abstract" else None


@statement(2)
def unstable(g):
    """A variable that holds values of several types."""
    name = g.name()
    first, second = g.expr(g.choose_type(1)), g.expr(g.choose_type(1))
    g.variables.append(Variable(name, t.ANY, True))
    return S([f"{name} = ", first], ["if ", g.expr(t.BOOL)], Block(S([f"{name} = ", second])), ["end"])


@statement(3)
def dispatch(g):
    """Calls of a function with methods for several types, with arguments known or not."""
    if not g.families:
        return None
    name, arity = g.pick(g.families)
    if not g.spend(20):
        return None
    arguments = [g.expr(t.ANY if g.chance(0.5) else g.choose_type()) for _ in range(arity)]
    call = ["out(", name, "(", *commas(arguments), "))"]
    if g.chance(0.3) and arity == 1 and g.weight < 30:
        items = [g.expr(g.choose_type(1)) for _ in range(g.rng.randint(1, 4))]
        return S(["for x in Any[", *commas(items), "]"], Block(S([f"out({name}(x))"])), ["end"])
    if g.in_try or g.chance(0.3):
        return S(call)
    return S(["try"], Block(S(call)), ["catch e"], Block(S(["say(e)"])), ["end"])


@statement(1.5)
def global_state(g):
    how = g.rng.randrange(4)
    if how == 0:
        return S(["global COUNT += ", g.expr(t.INT)])
    if how == 1:
        return S(["STATE[] = ", g.expr(t.ANY)])
    if how == 2:
        return S(["length(LOG) < 50 && push!(LOG, ", g.expr(t.INT), ")"])
    return S([g.pick(["out(COUNT)", "out(STATE[])", "out(sum(LOG; init = 0))"])])


@statement(1)
def short_circuit(g):
    found = [v for v in g.visible() if v.assignable]
    if not found:
        return None
    v = g.pick(found)
    return S([g.expr(t.BOOL), g.pick([" && (", " || ("]), f"{v.name} = ", g.expr(v.ty), ")"])


@statement(0.7)
def let_(g):
    if g.nesting > 3:
        return None
    names = [(g.name("y"), g.choose_type(1)) for _ in range(g.rng.randint(1, 2))]
    values = [E(ty, f"{n} = ", g.expr(ty)) for n, ty in names]
    body = g.scoped([Variable(n, ty, True) for n, ty in names], lambda: block(g, 3))
    return S(["let ", *commas(values)], body, ["end"])
