# SPDX-License-Identifier: MIT
"""What a program's generator knows while it writes: names in scope, functions that can be called, how much work is left.

Expressions are made by productions: functions `f(g, ty, depth)` registered for a kind of type, which return
an expression of exactly that type, or None when they cannot.
"""
from collections import namedtuple

import types_ as t
from tree import E

Variable = namedtuple("Variable", "name ty assignable")
Function = namedtuple("Function", "name arguments result cost call")

PRODUCTIONS = {}
STATEMENTS = []
# Functions f(g, ty) that make a short expression from what is in scope, or return None.
LEAVES = []
# Loop bodies and calls multiply; no part of a program does more than about so many steps.
MOST_WORK = 3000


def produces(*kinds, weight=1):
    def register(function):
        for kind in kinds:
            PRODUCTIONS.setdefault(kind, []).append((weight, function))
        return function
    return register


def statement(weight=1):
    def register(function):
        STATEMENTS.append((weight, function))
        return function
    return register


class Generator:
    def __init__(self, rng):
        self.rng = rng
        self.variables = []
        self.functions = []
        self.structs = []       # Ty of kind struct: fields=[(name, Ty)], mutable, abstract
        self.scalars, self.simple, self.palette = [], [], []
        self.families = []      # functions with methods for several types: (name, result)
        self.count = 0
        self.weight = 1         # how often the code written now runs within its function
        self.cost = 1           # steps of the function written now
        self.in_try = 0
        self.in_loop = 0        # loops around that `break` and `continue` reach
        self.result = None      # result of the function written now
        self.nesting = 0
        self.in_leaf = False
        self.budget = 0         # how many more expressions the part written now may have

    def name(self, prefix="v"):
        self.count += 1
        return f"{prefix}{self.count}"

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, options):
        return self.rng.choice(options)

    def choose_palette(self, rng):
        """Most of a program's values are of few types, so that its parts meet. `rng` is the same for all programs of a
        group: what Base compiles for these types is then compiled once."""
        self.scalars = [t.INT, t.BOOL] + [t.choose_scalar(rng) for _ in range(2)]
        self.simple = self.scalars + [t.vector(rng.choice(self.scalars))]
        self.palette = self.simple + [t.choose(rng, (), 2) for _ in range(3)]

    def choose_type(self, depth=2):
        if self.structs and depth > 1 and self.chance(0.12):
            return self.pick(self.structs)
        if self.chance(0.06):
            return t.choose(self.rng, self.structs, depth)
        return self.pick(self.palette if depth > 1 else self.simple)

    def choose_scalar(self):
        return self.pick(self.scalars) if self.chance(0.85) else t.choose_scalar(self.rng)

    def visible(self):
        """The variables in scope; an inner name hides an outer one."""
        seen = {}
        for v in reversed(self.variables):
            seen.setdefault(v.name, v)
        return list(seen.values())

    def variables_of(self, test):
        return [v for v in self.visible() if test(v.ty)]

    def a_variable(self, ty, assignable=False):
        found = [v for v in self.visible() if v.ty == ty and (v.assignable or not assignable)]
        return self.pick(found) if found else None

    def spend(self, steps):
        """May the code written now do so much each time? Counts it if so."""
        if self.cost + self.weight * steps > MOST_WORK:
            return False
        self.cost += self.weight * steps
        return True

    def risky(self):
        """Is code that may well throw welcome here?"""
        return self.chance(0.5) if self.in_try else self.chance(0.04)

    def weighted(self, table):
        total = sum(w for w, _ in table)
        roll = self.rng.random() * total
        for w, item in table:
            roll -= w
            if roll < 0:
                return item
        return table[-1][1]

    def leaf(self, ty):
        v = self.a_variable(ty)
        if v and self.chance(0.8):
            return E(ty, v.name)
        if not self.chance(0.15):
            numbers = self.variables_of(lambda ty: ty.kind in ("int", "float")) if ty.kind == "bool" else None
            if numbers:
                v = self.pick(numbers)
                return E(ty, f"({v.name} {self.pick(['<', '>', '==', '<=', '!='])} ", t.literal(self.rng, v.ty), ")")
            if not self.in_leaf:
                self.in_leaf = True
                made = next(filter(None, (make(self, ty) for make in LEAVES)), None)
                self.in_leaf = False
                if made:
                    return made
        return t.literal(self.rng, ty) or self.smallest(ty)

    def smallest(self, ty):
        """A short expression of any type."""
        kind = ty.kind
        if kind == "nothing":
            return E(ty, "nothing")
        if kind == "vector":
            items = [self.leaf(ty.args[0]) for _ in range(self.rng.choice([0, 1, 2, 3, 4]))]
            return E(ty, ty.args[0].text, "[", *commas(items), "]")
        if kind == "matrix":
            rows, columns = self.rng.randint(1, 3), self.rng.randint(2, 3)
            parts = []
            for i in range(rows):
                parts += ["; "] if i else []
                for j in range(columns):
                    parts += [" "] if j else []
                    parts.append(t.literal(self.rng, ty.args[0]))
            return E(ty, ty.args[0].text, "[", *parts, "]")
        if kind == "tuple":
            return E(ty, "(", *commas([self.leaf(a) for a in ty.args]), ",)" if len(ty.args) == 1 else ")")
        if kind == "named":
            items = [E(a, n, " = ", self.leaf(a)) for n, a in zip(ty.names, ty.args)]
            return E(ty, "(", *commas(items), ",)" if len(items) == 1 else ")")
        if kind == "dict":
            pairs = [E(ty, self.leaf(ty.args[0]), " => ", self.leaf(ty.args[1])) for _ in range(self.rng.randint(0, 3))]
            return E(ty, ty.text, "(", *commas(pairs), ")")
        if kind == "set":
            return E(ty, ty.text, "([", *commas([self.leaf(ty.args[0]) for _ in range(self.rng.randint(0, 4))]), "])")
        if kind == "optional":
            return E(ty, "nothing") if self.chance(0.4) else E(ty, self.leaf(ty.args[0]))
        if kind == "any":
            return E(ty, self.leaf(self.choose_scalar()))
        if kind == "struct":
            return E(ty, ty.constructor, "(", *commas([self.leaf(f) for _, f in ty.fields]), ")")
        if kind == "abstract":
            return E(ty, self.leaf(self.pick(ty.members)))
        raise AssertionError(kind)

    def expr(self, ty, depth=None):
        if depth is None:
            depth = self.pick([1, 2, 2, 3])
        self.budget -= 1
        if depth <= 0 or self.budget < 0 or self.chance(0.12):
            return self.leaf(ty)
        table = PRODUCTIONS.get(ty.kind, []) + PRODUCTIONS["*"]
        for _ in range(5):
            made = self.weighted(table)(self, ty, depth - 1)
            if made:
                return made
        return self.leaf(ty)

    def scoped(self, variables, make):
        """What make() returns with more variables in scope."""
        mark = len(self.variables)
        self.variables += variables
        result = make()
        del self.variables[mark:]
        return result

    def repeated(self, times, make):
        """What make() returns for code that runs so often."""
        self.weight *= times
        result = make()
        self.weight //= times
        return result

    def lambda_(self, arguments, result, depth, times=5):
        """The text `x -> ...`, as parts."""
        visible = [v for v in self.visible() if v.name.isidentifier()]
        names = [self.pick(visible).name if visible and self.chance(0.08) else self.name("x") for _ in arguments]
        if len(set(names)) < len(names):
            names = [self.name("x") for _ in arguments]
        variables = [Variable(n, a, False) for n, a in zip(names, arguments)]
        saved, self.in_try = self.in_try, 0
        body = self.repeated(times, lambda: self.scoped(variables, lambda: self.expr(result, depth)))
        self.in_try = saved
        head = names[0] if len(names) == 1 else f"({', '.join(names)})"
        return [head + " -> ", body]


def commas(items):
    parts = []
    for i, item in enumerate(items):
        parts += [", ", item] if i else [item]
    return parts
