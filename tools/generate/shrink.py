# SPDX-License-Identifier: MIT
"""Makes a program that shows a difference smaller: deletes statements, unwraps blocks, simplifies expressions.

Each change is tried on the tree and taken back; `differs(texts)` says for several candidates at once which of them
still show the difference (several programs fit into one run).
"""
from types_ import simplest
from tree import E, all_blocks, all_expressions

BATCH = 24


class Change:
    """Replaces a slice of a list; can be undone."""

    def __init__(self, target, start, end, replacement):
        self.target, self.start, self.end, self.replacement = target, start, end, replacement

    def apply(self):
        self.saved = self.target[self.start:self.end]
        self.target[self.start:self.end] = self.replacement

    def undo(self):
        self.target[self.start:self.start + len(self.replacement)] = self.saved


def deletions(program, size):
    """Changes that delete `size` statements in a row."""
    for block in all_blocks(program):
        statements = block.statements
        for start in range(0, len(statements), size):
            chosen = statements[start:start + size]
            if len(chosen) == size and not any(s.fixed for s in chosen):
                yield Change(statements, start, start + size, [])


def unwrappings(program):
    """Changes that put one of a statement's blocks in its place."""
    for block in all_blocks(program):
        for i, statement in enumerate(block.statements):
            for inner in statement.blocks():
                yield Change(block.statements, i, i + 1, list(inner.statements))


def simplifications(program):
    """Changes of one expression to a simpler one of its type."""
    for expression in all_expressions(program):
        text = expression.text()
        candidates = [inner for inner in descendants(expression) if inner.ty == expression.ty]
        simple = simplest(expression.ty)
        if simple and len(simple) < len(text):
            candidates.insert(0, simple)
        for candidate in candidates[:6]:
            yield Change(expression.parts, 0, len(expression.parts), [candidate])


def descendants(expression):
    for child in expression.children():
        yield child
        yield from descendants(child)


def attempt(program, changes, text_of, differs):
    """Tries the changes in batches; keeps the first that differs of each batch. Says whether any was kept."""
    kept = False
    changes = list(changes)
    while changes:
        batch, changes = changes[:BATCH], changes[BATCH:]
        texts = []
        for change in batch:
            change.apply()
            texts.append(text_of(program))
            change.undo()
        for change, still in zip(batch, differs(texts)):
            if still:
                change.apply()
                return True
    return kept


def shrink(program, text_of, differs, rounds=200):
    """Makes the program as small as it gets, in place."""
    def passes():
        for size in (8, 4, 2, 1):
            yield lambda size=size: deletions(program, size)
        yield lambda: unwrappings(program)
        yield lambda: simplifications(program)
    for _ in range(rounds):
        if not any(attempt(program, make(), text_of, differs) for make in passes()):
            return
