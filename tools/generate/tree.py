# SPDX-License-Identifier: MIT
"""Random programs as trees: types, expressions, statements. Rendered to Julia text, and shrunk piece by piece."""


class Ty:
    """A Julia type: its text, what kind of thing it is, and the types that it is made of."""

    def __init__(self, text, kind, *args, **facts):
        self.text, self.kind, self.args = text, kind, args
        self.__dict__.update(facts)

    def __eq__(self, other):
        return isinstance(other, Ty) and self.text == other.text

    def __hash__(self):
        return hash(self.text)

    def __repr__(self):
        return self.text


class E:
    """An expression: its type, and text with expressions inside. `literal` replaces it when a program shrinks."""

    def __init__(self, ty, *parts, literal=None):
        self.ty, self.parts, self.literal = ty, list(parts), literal

    def text(self):
        return "".join(p if isinstance(p, str) else p.text() for p in self.parts)

    def children(self):
        return [p for p in self.parts if isinstance(p, E)]


class Block:
    """Statements in a row."""

    def __init__(self, *statements):
        self.statements = list(statements)


class S:
    """A statement: lines (lists of text and expressions) and blocks in turn."""

    def __init__(self, *items, fixed=False):
        self.items = [i if isinstance(i, Block) else list(i) if isinstance(i, (list, tuple)) else [i] for i in items]
        self.fixed = fixed  # never taken away by shrinking

    def blocks(self):
        return [i for i in self.items if isinstance(i, Block)]

    def expressions(self):
        return [p for i in self.items if not isinstance(i, Block) for p in i if isinstance(p, E)]


def render(block, indent=0):
    """The lines of a block."""
    pad = "    " * indent
    lines = []
    for statement in block.statements:
        for item in statement.items:
            if isinstance(item, Block):
                lines += render(item, indent + 1)
            else:
                lines.append(pad + "".join(p if isinstance(p, str) else p.text() for p in item))
    return lines


def all_blocks(block):
    """The block and every block inside, outermost first."""
    yield block
    for statement in block.statements:
        for inner in statement.blocks():
            yield from all_blocks(inner)


def all_expressions(block):
    """Every expression, outermost first."""
    def walk(expression):
        yield expression
        for child in expression.children():
            yield from walk(child)
    for inner in all_blocks(block):
        for statement in inner.statements:
            for expression in statement.expressions():
                yield from walk(expression)
