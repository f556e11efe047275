# SPDX-License-Identifier: MIT
"""The types that random programs compute with, their literals, and how types are chosen."""
from tree import E, Ty

SIGNED = [Ty(f"Int{b}", "int", bits=b, signed=True) for b in (8, 16, 32, 64, 128)]
UNSIGNED = [Ty(f"UInt{b}", "int", bits=b, signed=False) for b in (8, 16, 32, 64, 128)]
INTS = SIGNED + UNSIGNED
FLOATS = [Ty("Float16", "float", bits=16), Ty("Float32", "float", bits=32), Ty("Float64", "float", bits=64)]
INT = next(t for t in INTS if t.text == "Int64")
UINT = next(t for t in INTS if t.text == "UInt64")
FLOAT = FLOATS[2]
BOOL = Ty("Bool", "bool")
CHAR = Ty("Char", "char")
STRING = Ty("String", "string")
SYMBOL = Ty("Symbol", "symbol")
NOTHING = Ty("Nothing", "nothing")
ANY = Ty("Any", "any")
NUMBERS = INTS + FLOATS


def vector(element):
    return Ty(f"Vector{{{element.text}}}", "vector", element)


def matrix(element):
    return Ty(f"Matrix{{{element.text}}}", "matrix", element)


def tuple_of(*elements):
    return Ty(f"Tuple{{{', '.join(e.text for e in elements)}}}", "tuple", *elements)


def named(names, elements):
    text = f"@NamedTuple{{{', '.join(f'{n}::{e.text}' for n, e in zip(names, elements))}}}"
    return Ty(text, "named", *elements, names=tuple(names))


def dict_of(key, value):
    return Ty(f"Dict{{{key.text}, {value.text}}}", "dict", key, value)


def set_of(element):
    return Ty(f"Set{{{element.text}}}", "set", element)


def optional(element):
    return Ty(f"Union{{Nothing, {element.text}}}", "optional", element)


def function(arguments, result):
    """A closure; never written as a type, so its text only tells functions apart."""
    return Ty(f"({', '.join(a.text for a in arguments)}) -> {result.text}", "function", *arguments, result=result)


WORDS = ["", "a", "abc", "Hello", "zß", "αβγ", "x y", "tab\\t", "日本", "e\\u0301", "0", "-12", "3.5", "1e3", "A,b;c", "  pad "]
CHARS = ["a", "z", "Q", "0", "9", " ", "ß", "λ", "日", "_", "\\n", "😀"]
NAMES = ["apple", "b", "xs", "y1"]


def int_literal(rng, ty):
    """Mostly small, sometimes at the edges."""
    bits, signed = ty.bits, ty.signed
    if rng.random() < 0.12:
        return rng.choice([f"typemax({ty.text})", f"typemin({ty.text})"])
    if rng.random() < 0.15:
        value = rng.getrandbits(bits - 1 if signed else bits)
        value = min(value, (1 << 62) - 1)
    else:
        value = rng.choice([0, 1, 2, 3, 5, 7, 10, 31, 64, 100])
    negative = signed and value > 0 and rng.random() < 0.3
    if ty.text == "Int64":
        return f"({-value})" if negative else str(value)
    if not signed and bits <= 64 and rng.random() < 0.5:
        return f"0x{value:0{bits // 4}x}"
    return f"{ty.text}({-value if negative else value})"


def float_literal(rng, ty):
    value = rng.choice(["0.0", "1.0", "-1.0", "0.5", "2.0", "3.25", "-0.0", "10.0", "0.1", "-7.5", "1.0e-3", "123.456", "1.0e10"])
    suffix = {"Float16": "16", "Float32": "32", "Float64": ""}[ty.text]
    if rng.random() < 0.08:
        return rng.choice([f"Inf{suffix}", f"(-Inf{suffix})", f"NaN{suffix}", f"eps({ty.text})", f"floatmax({ty.text})"])
    if ty.text == "Float64":
        return f"({value})" if value.startswith("-") else value
    if ty.text == "Float32" and "e" not in value:
        return f"({value}f0)" if value.startswith("-") else value + "f0"
    return f"{ty.text}({value})"


def literal(rng, ty):
    """A literal of a scalar type, else None."""
    kind = ty.kind
    if kind == "int":
        return E(ty, int_literal(rng, ty))
    if kind == "float":
        return E(ty, float_literal(rng, ty))
    if kind == "bool":
        return E(ty, rng.choice(["true", "false"]))
    if kind == "char":
        return E(ty, f"'{rng.choice(CHARS)}'")
    if kind == "string":
        return E(ty, f'"{rng.choice(WORDS)}"')
    if kind == "symbol":
        return E(ty, ":" + rng.choice(NAMES))
    if kind == "nothing":
        return E(ty, "nothing")
    return None


def simplest(ty):
    """The text that a shrunk expression of this type may become, else None."""
    kind = ty.kind
    if kind == "int":
        return "1" if ty.text == "Int64" else f"{ty.text}(1)"
    if kind == "float":
        return "1.0" if ty.text == "Float64" else f"{ty.text}(1)"
    if kind == "tuple":
        parts = [simplest(a) for a in ty.args]
        return None if None in parts else f"({', '.join(parts)},)"
    if kind == "named":
        parts = [simplest(a) for a in ty.args]
        return None if None in parts else f"({', '.join(f'{n} = {p}' for n, p in zip(ty.names, parts))},)"
    if kind in ("vector", "matrix", "dict", "set"):
        return f"zeros({ty.args[0].text}, 1, 1)" if kind == "matrix" else f"{ty.text}()"
    return {"bool": "true", "char": "'a'", "string": '"a"', "symbol": ":b", "nothing": "nothing",
            "optional": "nothing", "any": "nothing"}.get(kind)


def is_concrete(ty):
    """Is the type of every value of this type the type itself?"""
    return ty.kind not in ("any", "optional", "abstract", "function") and \
        (ty.kind not in ("tuple", "named") or all(map(is_concrete, ty.args)))


def choose_scalar(rng):
    roll = rng.random()
    if roll < 0.30:
        return INT
    if roll < 0.45:
        return rng.choice(INTS)
    if roll < 0.58:
        return FLOAT
    if roll < 0.65:
        return rng.choice(FLOATS)
    return rng.choice([BOOL, BOOL, CHAR, STRING, STRING, STRING, SYMBOL])


def choose_key(rng):
    """What sorts, and hashes the same in every run."""
    return rng.choice([INT, INT, STRING, STRING, CHAR, rng.choice(INTS), tuple_of(INT, STRING)])


def choose(rng, structs=(), depth=2):
    """A type for a variable or a result."""
    roll = rng.random()
    if depth == 0 or roll < 0.45:
        return choose_scalar(rng)
    inner = lambda: choose(rng, structs, depth - 1)
    if roll < 0.60:
        return vector(inner())
    if roll < 0.68:
        return tuple_of(*[inner() for _ in range(rng.randint(1, 3))])
    if roll < 0.73:
        names = rng.sample(["a", "b", "c", "d"], rng.randint(1, 3))
        types = [inner() for _ in names]
        return named(names, [a if is_concrete(a) else INT for a in types])
    if roll < 0.79:
        return dict_of(choose_key(rng), inner())
    if roll < 0.83:
        return set_of(choose_key(rng))
    if roll < 0.87:
        return matrix(rng.choice([INT, FLOAT, BOOL, rng.choice(NUMBERS)]))
    if roll < 0.92:
        return optional(choose_scalar(rng))
    if roll < 0.94:
        return ANY
    return rng.choice(list(structs)) if structs else choose_scalar(rng)


def pick_pattern(rng):
    """What `replace` looks for."""
    return rng.choice([STRING, CHAR])


KEY_KINDS = ("int", "string", "char")
