# SPDX-License-Identifier: MIT
"""Expressions whose result is a number or a Bool."""
import types_ as t
from core import Variable, commas, produces
from tree import E


@produces("int", weight=6)
def integer_arithmetic(g, ty, depth):
    op = g.pick(["+", "-", "*", "+", "-", "*", "&", "|", "⊻"])
    other = ty
    if op in "+-*" and g.chance(0.25):
        smaller = [i for i in t.INTS if i.signed == ty.signed and i.bits < ty.bits]
        other = g.pick(smaller + [t.BOOL])
    operands = [g.expr(ty, depth), g.expr(other, depth)]
    if g.chance(0.5):
        operands.reverse()
    return E(ty, "(", operands[0], f" {op} ", operands[1], ")")


@produces("int", weight=2)
def division(g, ty, depth):
    a, b = g.expr(ty, depth), g.expr(ty, depth)
    how = g.pick(["÷", "%", "div", "rem", "mod", "fld", "cld", "mod1", "gcd"])
    if not g.risky():
        b = E(ty, "(", b, f" & {ty.text}(7) | {ty.text}(1))")
    return E(ty, "(", a, f" {how} ", b, ")") if len(how) == 1 else E(ty, how, "(", a, ", ", b, ")")


@produces("int", weight=2)
def shift(g, ty, depth):
    amount = g.expr(t.INT if g.chance(0.7) else g.pick(t.INTS), depth)
    if g.chance(0.6):
        amount = E(t.INT, "(", amount, f" & {g.pick([3, 7, 31, 63])})")
    return E(ty, "(", g.expr(ty, depth), f" {g.pick(['<<', '>>', '>>>'])} ", amount, ")")


@produces("int", weight=2)
def integer_unary(g, ty, depth):
    f = g.pick(["-", "~", "abs", "bswap", "abs2", "one", "zero", "sign"])
    if f == "bswap" and ty.bits == 8:
        f = "~"
    return E(ty, f"{f}(", g.expr(ty, depth), ")")


@produces("int", "float", weight=2)
def extremes(g, ty, depth):
    how = g.pick(["min", "max", "clamp", "ifelse", "flipsign", "copysign", "muladd"])
    a, b, c = (g.expr(ty, depth) for _ in range(3))
    if how in ("flipsign", "copysign") and ty.kind == "int" and not ty.signed:
        how = "min"
    if how in ("clamp", "muladd"):
        return E(ty, how, "(", *commas([a, b, c]), ")")
    if how == "ifelse":
        return E(ty, "ifelse(", *commas([g.expr(t.BOOL, depth), a, b]), ")")
    return E(ty, how, "(", *commas([a, b]), ")")


@produces("int", weight=2)
def integer_conversion(g, ty, depth):
    source = g.expr(g.pick(t.INTS + [t.BOOL]), depth)
    if g.risky():
        how = g.pick([ty.text, f"convert({ty.text}, ", f"{ty.text}"])
        return E(ty, how, "" if how.endswith(" ") else "(", source, ")")
    return E(ty, "(", source, f" % {ty.text})")


@produces("int", weight=1)
def from_float(g, ty, depth):
    source = g.expr(g.pick(t.FLOATS), depth)
    f = g.pick(["round", "trunc", "floor", "ceil"])
    if g.risky():
        return E(ty, f"{f}({ty.text}, ", source, ")")
    return E(ty, f"{f}({ty.text}, sane(", source, "))")


@produces("int", weight=1)
def integer_power(g, ty, depth):
    return E(ty, "(", g.expr(ty, depth), f" ^ {g.pick(['0', '1', '2', '3', '5'])})")


@produces("int", weight=4)
def counting(g, ty, depth):
    if ty != t.INT:
        return None
    how = g.rng.randrange(10)
    if how == 0:
        return E(ty, g.pick(["count_ones", "leading_zeros", "trailing_zeros"]), "(", g.expr(g.pick(t.INTS), depth), ")")
    if how == 1:
        return E(ty, g.pick(["length", "ncodeunits"]), "(", g.expr(t.STRING, depth), ")")
    if how == 2:
        return E(ty, "Int(", g.expr(t.CHAR, depth), ")")
    if how == 3:
        element = g.choose_type(1)
        return E(ty, "count(", *g.lambda_([element], t.BOOL, depth), ", ", g.expr(t.vector(element), depth), ")")
    if how == 4:
        element = g.choose_type(1)
        return E(ty, "something(findfirst(", *g.lambda_([element], t.BOOL, depth), ", ", g.expr(t.vector(element), depth), "), 0)")
    if how == 5:
        return E(ty, "cmp(", *commas([g.expr(t.STRING, depth), g.expr(t.STRING, depth)]), ")")
    if how == 6:
        return E(ty, "(", g.pick(["digits", "string"]), "(abs(", g.expr(t.INT, depth), ")) |> length)")
    if how == 7:
        collection = g.choose_type()
        if collection.kind not in ("vector", "dict", "set", "matrix", "tuple", "named"):
            return None
        return E(ty, "length(", g.expr(collection, depth), ")")
    if how == 8:
        return E(ty, "something(tryparse(Int, ", g.expr(t.STRING, depth), "), ", g.expr(t.INT, 0), ")")
    return E(ty, "size(", g.expr(t.matrix(g.pick(t.NUMBERS)), depth), f", {g.pick(['1', '2'])})")


@produces("int", "float", weight=2)
def reduction(g, ty, depth):
    if ty.kind == "int" and ty.bits < 64 or ty.text == "Float16":
        return None
    source = g.expr(t.vector(ty), depth)
    how = g.rng.randrange(7)
    if how == 0:
        return E(ty, g.pick(["sum", "prod"]), "(", source, ")")
    if how == 1:
        return E(ty, f"{g.pick(['maximum', 'minimum'])}(", source, ", init = ", g.expr(ty, 0), ")")
    if how == 2:
        return E(ty, f"{g.pick(['foldl', 'foldr', 'reduce'])}({g.pick(['+', '-', 'max', 'min'])}, ", source, ", init = ", g.expr(ty, 0), ")")
    if how == 3:
        return E(ty, "foldl(", *g.lambda_([ty, ty], ty, depth), ", ", source, ", init = ", g.expr(ty, 0), ")")
    if how == 4:
        element = g.choose_type(1)
        return E(ty, "sum(", *g.lambda_([element], ty, depth), ", ", g.expr(t.vector(element), depth), f"; init = zero({ty.text}))")
    if how == 5:
        x = g.name("x")
        body = g.repeated(5, lambda: g.scoped([Variable(x, ty, False)], lambda: g.expr(ty, depth)))
        condition = g.scoped([Variable(x, ty, False)], lambda: g.expr(t.BOOL, depth))
        return E(ty, "sum((", body, f" for {x} in ", source, *([" if ", condition] if g.chance(0.5) else []), f"), init = zero({ty.text}))")
    element = g.choose_type(1)
    return E(ty, f"mapreduce(", *g.lambda_([element], ty, depth), f", {g.pick(['+', 'max'])}, ", g.expr(t.vector(element), depth), ", init = ", g.expr(ty, 0), ")")


@produces("float", weight=6)
def float_arithmetic(g, ty, depth):
    op = g.pick(["+", "-", "*", "/", "+", "-", "*"])
    other = g.pick([ty, ty, ty] + t.INTS[:5] + [f for f in t.FLOATS if f.bits < ty.bits])
    operands = [g.expr(ty, depth), g.expr(other, depth)]
    if g.chance(0.5):
        operands.reverse()
    return E(ty, "(", operands[0], f" {op} ", operands[1], ")")


@produces("float", weight=3)
def float_function(g, ty, depth):
    f = g.pick(["abs", "-", "floor", "ceil", "trunc", "round", "sqrt", "sin", "cos", "exp", "log", "tanh", "atan", "cbrt", "abs2",
                "inv", "sign", "rem", "mod", "hypot", "^", "digits", "log2", "log10", "exp2", "fma", "nextfloat"])
    a = g.expr(ty, depth)
    if f in ("sqrt", "log", "log2", "log10") and not g.risky():
        return E(ty, f, "(abs(", a, "))")
    if f in ("sin", "cos", "exp") and not g.risky():
        return E(ty, f, "(sane(", a, "))")
    if f in ("rem", "mod", "hypot"):
        return E(ty, f, "(", a, ", ", g.expr(ty, depth), ")")
    if f == "^":
        return E(ty, "(", a, " ^ ", g.pick(["2", "3", "-1", "0", "10"]), ")")
    if f == "digits":
        return E(ty, "round(sane(", a, f"), digits = {g.pick([0, 1, 2])})")
    if f == "fma":
        return E(ty, "fma(", a, ", ", g.expr(ty, 0), ", ", g.expr(ty, 0), ")")
    return E(ty, f, "(", a, ")")


@produces("float", weight=2)
def to_float(g, ty, depth):
    return E(ty, ty.text, "(", g.expr(g.pick(t.NUMBERS + [t.BOOL]), depth), ")")


@produces("float", weight=1)
def quotient(g, ty, depth):
    if ty != t.FLOAT:
        return None
    return E(ty, "(", g.expr(g.pick(t.INTS), depth), " / ", g.expr(g.pick(t.INTS), depth), ")")


@produces("bool", weight=6)
def comparison(g, ty, depth):
    op = g.pick(["<", "<=", ">", ">=", "==", "!="])
    a = g.pick(t.NUMBERS) if g.chance(0.5) else t.INT
    b = g.pick(t.NUMBERS) if g.chance(0.4) else a
    if g.chance(0.15):
        third = E(a, f" {g.pick(['<', '<=', '=='])} ", g.expr(a, 0))
        return E(ty, "(", g.expr(a, depth), f" {op} ", g.expr(b, depth), third, ")")
    return E(ty, "(", g.expr(a, depth), f" {op} ", g.expr(b, depth), ")")


@produces("bool", weight=3)
def same(g, ty, depth):
    op = g.pick(["==", "!=", "===", "!=="])
    a = g.choose_type()
    if a.kind == "struct" and a.mutable:
        return None
    if op in ("===", "!==") and a.kind in ("vector", "dict", "set", "matrix", "any"):
        op = op[:2]
    if g.chance(0.3):
        return E(ty, g.pick(["isequal", "!isequal"]), "(", g.expr(a, depth), ", ", g.expr(a, depth), ")")
    return E(ty, "(", g.expr(a, depth), f" {op} ", g.expr(a, depth), ")")


@produces("bool", weight=4)
def logic(g, ty, depth):
    op = g.pick(["&&", "||", "&", "|", "⊻"])
    if g.chance(0.2):
        return E(ty, "!", "(", g.expr(ty, depth), ")")
    return E(ty, "(", g.expr(ty, depth), f" {op} ", g.expr(ty, depth), ")")


@produces("bool", weight=4)
def predicate(g, ty, depth):
    how = g.rng.randrange(9)
    if how == 0:
        return E(ty, g.pick(["iseven", "isodd", "iszero", "isone"]), "(", g.expr(g.pick(t.INTS), depth), ")")
    if how == 1:
        return E(ty, g.pick(["isnan", "isinf", "isfinite", "signbit", "isinteger"]), "(", g.expr(g.pick(t.FLOATS), depth), ")")
    if how == 2:
        return E(ty, g.pick(["isletter", "isdigit", "isuppercase", "isspace", "ispunct"]), "(", g.expr(t.CHAR, depth), ")")
    if how == 3:
        return E(ty, g.pick(["startswith", "endswith", "occursin"]), "(", g.expr(t.STRING, depth), ", ", g.expr(t.STRING, depth), ")")
    if how == 4:
        element = g.choose_type(1)
        return E(ty, g.pick(["any", "all"]), "(", *g.lambda_([element], t.BOOL, depth), ", ", g.expr(t.vector(element), depth), ")")
    if how == 5:
        element = g.choose_type(1)
        return E(ty, "(", g.expr(element, depth), f" {g.pick(['in', '∉'])} ", g.expr(t.vector(element), depth), ")")
    if how == 6:
        key = t.choose_key(g.rng)
        if g.chance(0.5):
            return E(ty, "(", g.expr(key, depth), " in ", g.expr(t.set_of(key), depth), ")")
        return E(ty, "haskey(", g.expr(t.dict_of(key, g.choose_type(1)), depth), ", ", g.expr(key, depth), ")")
    if how == 7:
        element = g.choose_scalar()
        return E(ty, g.pick(["isnothing(", "(nothing === ", "(nothing !== "]), g.expr(t.optional(element), depth), ")")
    test = g.pick(["Int", "Number", "AbstractString", "Integer", "Union{Int, Char}", "Vector", "Nothing"])
    return E(ty, "(", g.expr(t.ANY, depth), f" isa {test})")


@produces("bool", weight=1)
def order(g, ty, depth):
    a = g.pick([t.STRING, t.CHAR, t.tuple_of(t.INT, t.STRING), t.vector(t.INT), t.SYMBOL])
    return E(ty, g.pick(["isless(", "(<)(", "!isless("]), g.expr(a, depth), ", ", g.expr(a, depth), ")")
