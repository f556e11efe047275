# SPDX-License-Identifier: MIT
"""Writes a C library and a program that passes structs of many shapes to it and back, by value.

`struct_shapes.py COUNT LIBRARY FILE.c FILE.jl` makes COUNT struct types from a fixed seed, and for each four functions
that the program calls (and has call back): with scalars around the structs, so that registers run out in every way.
Both sides make the same values from a number and reduce them to a checksum; the program prints what differs.
"""
import random
import sys

LEAVES = [("int8_t", "Int8"), ("uint8_t", "UInt8"), ("int16_t", "Int16"), ("uint16_t", "UInt16"), ("int32_t", "Int32"),
          ("uint32_t", "UInt32"), ("int64_t", "Int64"), ("uint64_t", "UInt64"), ("float", "Float32"), ("double", "Float64"),
          ("float", "Float32"), ("double", "Float64"), ("void *", "Ptr{Cvoid}"), ("__int128", "Int128"), ("_Bool", "Bool")]
# Not __int128: clang leaves an integer register unused behind one that did not fit into the last, where gcc and the
# ABI do not.
SCALARS = [leaf for leaf in LEAVES if leaf[1] not in ("Bool", "Int128")]


class Field:
    """A leaf, an array of leaves, or a struct."""
    def __init__(self, rng, structs):
        kind = rng.random()
        self.struct = rng.choice(structs) if structs and kind < 0.2 else None
        self.length = rng.randint(2, 5) if 0.2 <= kind < 0.35 else 0
        self.leaf = rng.choice(LEAVES)

    def c_declaration(self, name):
        if self.struct:
            return f"{self.struct.name} {name};"
        return f"{self.leaf[0]} {name}" + (f"[{self.length}];" if self.length else ";")

    def jl_type(self):
        if self.struct:
            return self.struct.name
        return f"NTuple{{{self.length},{self.leaf[1]}}}" if self.length else self.leaf[1]

    def leaves(self):
        """Of each leaf: how C gets at it behind the field's name, and its types."""
        if self.struct:
            return [(f".{path}", leaf) for path, leaf in self.struct.leaves()]
        if self.length:
            return [(f"[{i}]", self.leaf) for i in range(self.length)]
        return [("", self.leaf)]

    def jl_value(self, count):
        if self.struct:
            return self.struct.jl_value(count)
        values = [jl_leaf(self.leaf, count) for _ in range(self.length or 1)]
        return "(" + ", ".join(values) + ")" if self.length else values[0]


def jl_leaf(leaf, count):
    number = f"(seed + {count.pop(0)}) % 50"
    if leaf[1] == "Bool":
        return f"isodd({number})"
    return f"Ptr{{Cvoid}}({number})" if leaf[1].startswith("Ptr") else f"{leaf[1]}({number})"


class Struct:
    def __init__(self, rng, name, structs):
        self.name = name
        self.fields = [Field(rng, structs) for _ in range(rng.choice([1, 1, 2, 2, 2, 3, 3, 4, 6]))]

    def leaves(self):
        return [(f"f{i}{path}", leaf) for i, field in enumerate(self.fields) for path, leaf in field.leaves()]

    def jl_value(self, count):
        return f"{self.name}(" + ", ".join(field.jl_value(count) for field in self.fields) + ")"

    def c_text(self):
        leaves = self.leaves()
        fields = " ".join(field.c_declaration(f"f{i}") for i, field in enumerate(self.fields))
        text = f"typedef struct {{ {fields} }} {self.name};\n"
        text += f"static int64_t check_{self.name}({self.name} x) {{ int64_t c = 0;"
        for path, _ in leaves:
            text += f" c = c * 3 + (int64_t)x.{path};"
        text += f" return c; }}\nstatic {self.name} make_{self.name}(int64_t seed) {{ {self.name} x;"
        for k, (path, leaf) in enumerate(leaves):
            value = f"(seed + {k}) % 50"
            value = f"{value} % 2 == 1" if leaf[1] == "Bool" else f"({leaf[0]})({value})"
            text += f" x.{path} = {value};"
        return text + " return x; }\n"

    def jl_text(self):
        fields = "; ".join(f"f{i}::{field.jl_type()}" for i, field in enumerate(self.fields))
        value = self.jl_value(list(range(len(self.leaves()))))
        return (f"struct {self.name}; {fields}; end\n"
                f"make_{self.name}(seed) = {value}\n")


def scalars(rng, most):
    return [rng.choice(SCALARS) for _ in range(rng.randint(0, most))]


class Function:
    """The parameters of the functions for one struct: scalars, the struct, scalars, the struct again, a scalar."""
    def __init__(self, rng, struct):
        self.struct = struct
        itself = (struct.name, struct.name)
        self.types = scalars(rng, 7) + [itself] + scalars(rng, 5) + [itself] + scalars(rng, 1)

    def c_parameters(self):
        return ", ".join(f"{c} p{i}" for i, (c, _) in enumerate(self.types))

    def c_checksum(self):
        terms = []
        for i, (c, _) in enumerate(self.types):
            value = f"check_{c}(p{i})" if c == self.struct.name else f"(int64_t)p{i}"
            terms.append(f"{i + 1} * {value}")
        return " + ".join(terms)

    def c_arguments(self):
        return ", ".join(f"make_{c}(seed + {i})" if c == self.struct.name else f"({c})({i} + 7)"
                         for i, (c, _) in enumerate(self.types))

    def jl_arguments(self):
        return ", ".join(f"make_{jl}(seed + {i})" if jl == self.struct.name else f"{jl}({i} + 7)"
                         for i, (_, jl) in enumerate(self.types))

    def jl_types(self):
        return "(" + ", ".join(jl for _, jl in self.types) + ",)"

    def c_text(self):
        s = self.struct.name
        types = ", ".join(c for c, _ in self.types)
        return (f"int64_t take_{s}({self.c_parameters()}) {{ return {self.c_checksum()}; }}\n"
                f"{s} give_{s}({self.c_parameters()}) {{ return make_{s}({self.c_checksum()} & 1023); }}\n"
                f"int64_t back_{s}({s} (*f)({types}), int64_t seed) {{\n"
                f"  return check_{s}(f({self.c_arguments()}));\n}}\n")

    def jl_text(self, library):
        s, types = self.struct.name, self.jl_types()
        names = ", ".join(f"p{i}" for i in range(len(self.types)))
        total = " + ".join(f"{i + 1} * check(p{i})" for i in range(len(self.types)))
        return (f"total_{s}({names}) = {total}\n"
                f"answer_{s}({names}) = make_{s}(total_{s}({names}) & 1023)\n"
                f"take_{s}(seed) = ccall((:take_{s}, {library}), Int64, {types}, {self.jl_arguments()})\n"
                f"give_{s}(seed) = ccall((:give_{s}, {library}), {s}, {types}, {self.jl_arguments()})\n"
                f"back_{s}(seed) = ccall((:back_{s}, {library}), Int64, (Ptr{{Cvoid}}, Int64),"
                f" @cfunction(answer_{s}, {s}, {types}), seed)\n"
                f"function try_{s}(seed)\n"
                f"    same(\"{s}: argument\", take_{s}(seed), total_{s}({self.jl_arguments()}))\n"
                f"    same(\"{s}: result\", check(give_{s}(seed)), check(answer_{s}({self.jl_arguments()})))\n"
                f"    same(\"{s}: callback\", back_{s}(seed), check(answer_{s}({self.jl_arguments()})))\n"
                f"end\n")


CHECK = """
check(x::Union{Integer,AbstractFloat}) = Int64(x)
check(x::Ptr) = Int64(UInt(x))
function check(x)
    leaves = Int64[]
    collect_leaves!(leaves, x)
    c = 0
    for leaf in leaves
        c = c * 3 + leaf
    end
    return c
end
collect_leaves!(out, x::Union{Integer,AbstractFloat,Ptr}) = push!(out, check(x))
function collect_leaves!(out, x)
    for i in 1:nfields(x)
        collect_leaves!(out, getfield(x, i))
    end
end
tried = 0
function same(what, got, expected)
    global tried += 1
    got == expected || println(what, ": ", got, ", expected ", expected)
end
"""


def main():
    count, library, c_file, jl_file = int(sys.argv[1]), *sys.argv[2:5]
    rng = random.Random(1604)
    structs = []
    for i in range(count):
        structs.append(Struct(rng, f"S{i}", structs[-6:]))
    functions = [Function(rng, struct) for struct in structs]
    with open(c_file, "w", encoding="utf-8") as out:
        out.write("#include <stdint.h>\n")
        for part in [*structs, *functions]:
            out.write(part.c_text())
    with open(jl_file, "w", encoding="utf-8") as out:
        out.write(f'const library = "{library}"\n{CHECK}')
        for struct, function in zip(structs, functions):
            out.write(struct.jl_text() + function.jl_text("library"))
        for struct in structs:
            out.write(f"for seed in (1, 23)\n    try_{struct.name}(seed)\nend\n")
        out.write('println("tried ", tried)\n')


main()
