// SPDX-License-Identifier: MIT
// Inside of macro expansion: the walk, and the macros that lowering knows by itself.
//
// Base's annotations (@inline, @inbounds, ...) are so frequent and say so little that expanding them through
// Julia code would cost more than everything else in loading Base; they are turned into syntax here, provided
// that the name means Base's.
#pragma once

#include "jl/lower/hygiene.h"
#include "jl/lower/lower.h"

namespace jl {

/// Where the statements that a macro writes are said to be: where the program calls the macro, as traces show
/// them, or in the macro's text, as @macroexpand shows them. Statements handed to the macro stay where they
/// are.
enum class MacroLines : uint8_t { OfCall, OfMacro };

struct Expander {
  LowerContext &context;
  MacroLines lines = MacroLines::OfCall;
  Expansion expansion = Expansion::Whole;
  unsigned depth = 0; // nested macro calls
  Module *module_at(const Layer *layer) const { return layer ? layer->module : context.module; }
};

/// `node` with macros expanded; identifiers get `layer`. Nodes of source text are shared, not changed. Throws
/// where an expression has not the shape that the parser would give it: all that follows relies on this.
Node *expand(Expander &expander, Node *node, const Layer *layer);

/// The expanded tree with names instead of layers: it means the same wherever it is evaluated.
Node *without_layers(LowerContext &context, Node *node);

/// Copies `node` with other arguments; the node itself when they are the same.
Node *with_args(AstArena &arena, Node *node, Node **args);
template <class F> Node *map_args(AstArena &arena, Node *node, F f) {
  size_t n = node->arg_count();
  auto **args = static_cast<Node **>(arena.allocate(n * sizeof(Node *)));
  for (size_t i = 0; i < n; i++)
    args[i] = f(node->arg(i));
  return with_args(arena, node, args);
}

/// `module`, `import` and their like: the names in them are no variables, and their text is expanded when it
/// is evaluated.
inline bool is_about_modules(Head head) {
  return head == Head::Module || head == Head::Import || head == Head::Using || head == Head::Export ||
         head == Head::Public;
}

/// Does the expression have as many arguments as the parser would give it? Macros may make others.
bool has_shape(const Node *node);

/// What a macro of lowering's own stands for, expanded; null when `name` is none of them.
Node *expand_known_macro(Expander &expander, Symbol name, Node *call, const Layer *layer);

/// A docstring and what it documents, or a question about one, with macros expanded.
Node *expand_doc(Expander &expander, Node *call, const Layer *layer);

/// Is this a definition of a function with a body: `function f() ... end`, `f() = ...`, `() -> ...`?
bool is_function_definition(const Node *node);

} // namespace jl
