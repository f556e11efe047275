# SPDX-License-Identifier: MIT
"""Makes a program with which something is wrong smaller: deletes statements, unwraps blocks, simplifies expressions.

Each change is tried on the tree and taken back; `still_wrong(texts)` says for several candidates at once with which of
them the same thing is wrong (several programs fit into one run).
"""
from types_ import simplest
from tree import all_blocks, all_expressions

BATCH = 48


class Change:
    """Puts something else in the place of some items of a list; can be undone, last change first."""

    def __init__(self, target, items, replacement):
        self.target, self.items, self.replacement = target, items, replacement

    def apply(self):
        self.saved = list(self.target)
        places = [i for i, item in enumerate(self.target) if any(item is old for old in self.items)]
        if len(places) == len(self.items):
            self.target[places[0]:places[-1] + 1] = self.replacement

    def undo(self):
        self.target[:] = self.saved


def deletions(program, size):
    """Changes that delete `size` statements in a row."""
    for block in all_blocks(program):
        statements = block.statements
        for start in range(0, len(statements), size):
            chosen = statements[start:start + size]
            if len(chosen) == size and not any(s.fixed for s in chosen):
                yield Change(statements, chosen, [])


def unwrappings(program):
    """Changes that put one of a statement's blocks in its place."""
    for block in all_blocks(program):
        for statement in block.statements:
            for inner in statement.blocks():
                yield Change(block.statements, [statement], list(inner.statements))


def simplifications(program):
    """Changes of one expression to a simpler one of its type."""
    for expression in all_expressions(program):
        text = expression.text()
        candidates = [inner for inner in descendants(expression) if inner.ty == expression.ty]
        simple = simplest(expression.ty)
        if simple and len(simple) < len(text):
            candidates.insert(0, simple)
        for candidate in candidates[:4]:
            yield Change(expression.parts, list(expression.parts), [candidate])


def descendants(expression):
    for child in expression.children():
        yield child
        yield from descendants(child)


def text_with(program, changes, text_of):
    """The program's text with these changes made; they are undone."""
    for change in changes:
        change.apply()
    text = text_of(program)
    for change in reversed(changes):
        change.undo()
    return text


def attempt(program, changes, text_of, still_wrong):
    """Tries the changes in batches, and keeps those of the first batch in which some work. Says whether any did."""
    changes, before = list(changes), text_of(program)
    while changes:
        batch, changes = changes[:BATCH], changes[BATCH:]
        texts = [text_with(program, [change], text_of) for change in batch]
        working = [c for c, text, works in zip(batch, texts, still_wrong(texts)) if works and len(text) < len(before)]
        while working:
            if len(working) == 1 or still_wrong([text_with(program, working, text_of)])[0]:
                for change in working:
                    change.apply()
                return True
            working = working[:len(working) // 2]
    return False


def shrink(program, text_of, still_wrong, rounds=20):
    """Makes the program as small as it gets, in place."""
    passes = [lambda size=size: deletions(program, size) for size in (16, 8, 4, 2, 1)]
    passes += [lambda: unwrappings(program), lambda: simplifications(program)]
    for _ in range(rounds):
        before = text_of(program)
        for make in passes:
            while attempt(program, make(), text_of, still_wrong):
                pass
        if text_of(program) == before:
            return
