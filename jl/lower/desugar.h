// SPDX-License-Identifier: MIT
// From macro-free syntax to kernel forms: what each construct of the surface language means.
//
// One function per construct, in desugar_*.cpp by theme; they share a Desugar. Names are not resolved here,
// so nothing depends on what is a local variable and what a global. Mistakes are reported to the sink and
// stand as `nothing`.
#pragma once

#include <string>
#include <vector>

#include "jl/lower/form.h"
#include "jl/lower/lower.h"

namespace jl {

/// The struct whose inner constructors are being desugared: what `new` means. Lives in the AstArena.
struct NewContext {
  Node *type_name;
  std::span<Node *> parameters;  // names
  std::span<Node *> field_types; // null entries: Any
  size_t n_fields;
};

struct LoopLabels {
  uint32_t exit, next;
};

/// `a[...]` being desugared: what `end` and `begin` mean in it.
struct IndexContext {
  Form *array;                // an atom
  uint32_t position;          // 1-based
  uint32_t count;             // of indices
  std::vector<Form *> splats; // splatted indices before this one: each counts as its length
};

struct Desugar {
  LowerContext &context;
  FormArena &forms;
  Lambda *lambda; // being desugared
  MethodBodies bodies = MethodBodies::Now;
  std::vector<LoopLabels> loops = {};
  std::vector<IndexContext> indices = {};
  const NewContext *constructor = nullptr;
  Node *self_type = nullptr; // in an inner constructor `Foo{T}(...)`: that callee
  uint32_t scopes = 0;       // scopes around us within `lambda`
  Symbol file = {};
  int32_t line = 0;
  unsigned depth = 0;
  unsigned fresh = 0; // temporaries made so far

  bool at_toplevel() const { return lambda->is_toplevel && scopes == 0; }
  Task *task() const { return context.task; }
  /// Reports; yields a form to go on with.
  Form *error(Range range, std::string message);
  /// ` around file:line`, as Julia's messages end.
  std::string where(Range range) const;
  /// A variable that no source text can name. Use the Name for all mentions.
  Name fresh_name(std::string_view text = "");
  /// `form` as something that may be mentioned again: atoms as they are, else a temporary set in `before`.
  Form *atom(Form *form, std::vector<Form *> &before);
  Form *string(std::string_view text);
  Form *integer(int64_t value);
  Form *block(std::span<Form *const> items, Range range = {});
  Form *scope(Form *body, uint8_t flags);
};

Form *desugar(Desugar &d, Node *node);
std::vector<Form *> desugar_all(Desugar &d, std::span<Node *const> nodes);
bool is_atom(const Form *form);

// --- desugar_call.cpp
Form *desugar_call(Desugar &d, Node *node);
Form *desugar_call_parts(Desugar &d, Form *callee, std::span<Node *const> args, Range range);
Form *desugar_do(Desugar &d, Node *node);
Form *desugar_named_tuple(Desugar &d, std::span<Node *const> fields, Range range);
Form *desugar_comparison(Desugar &d, Node *node);
Form *desugar_string(Desugar &d, Node *node);
Form *desugar_ccall(Desugar &d, Node *node);
Form *property(Desugar &d, Form *object, Form *name, Range range);
/// f(args...) with the splats among `args` spread.
Form *call_with_splats(Desugar &d, Form *callee, std::span<Node *const> args, Range range);
bool has_splat(std::span<Node *const> args);

// --- desugar_assign.cpp
Form *desugar_assignment(Desugar &d, Node *lhs, Node *rhs, Range range);
/// Stores `value` (evaluated once) into `lhs`; the result is the value.
Form *assign_to(Desugar &d, Node *lhs, Form *value, Range range);
Form *desugar_update(Desugar &d, Node *node, Symbol op, bool broadcast);
Form *desugar_declaration(Desugar &d, Node *node);
Form *desugar_const(Desugar &d, Node *node);

// --- desugar_index.cpp
struct IndexParts {
  Form *array;                 // an atom
  std::vector<Form *> indices; // a splat is kept as a Block flagged by `is_splat`
  std::vector<bool> is_splat;
};
IndexParts index_parts(Desugar &d, Node *ref, std::vector<Form *> &before, bool as_atoms);
Form *index_call(Desugar &d, Form *f, const IndexParts &parts, Form *value, Range range);
Form *desugar_ref(Desugar &d, Node *node);
Form *desugar_end(Desugar &d, Node *node, std::string_view function);

// --- desugar_array.cpp
Form *desugar_array(Desugar &d, Node *node);

// --- desugar_generator.cpp
Form *desugar_generator(Desugar &d, Node *node);
Form *desugar_comprehension(Desugar &d, Node *node);

// --- desugar_broadcast.cpp
bool is_dot_call(const Node *node);
Form *desugar_broadcast(Desugar &d, Node *node);
Form *desugar_broadcast_assign(Desugar &d, Node *lhs, Node *rhs, Range range);

// --- desugar_control.cpp
Form *desugar_if(Desugar &d, Node *node);
Form *desugar_while(Desugar &d, Node *node);
Form *desugar_for(Desugar &d, Node *node);
Form *desugar_break(Desugar &d, Node *node);
Form *desugar_let(Desugar &d, Node *node);
Form *desugar_try(Desugar &d, Node *node);

// --- desugar_function.cpp, function_syntax.h
Form *desugar_function(Desugar &d, Node *node);
Form *desugar_macro_definition(Desugar &d, Node *node);

// --- desugar_type.cpp
Form *desugar_struct(Desugar &d, Node *node);
Form *desugar_abstract(Desugar &d, Node *node);
Form *desugar_primitive(Desugar &d, Node *node);
Form *desugar_new(Desugar &d, Node *call);
Form *desugar_curly(Desugar &d, Node *node);
Form *desugar_where(Desugar &d, Node *node);
/// A `where` parameter or a type's: T, T<:U, T>:L, L<:T<:U.
struct ParameterSyntax {
  Node *name = nullptr, *lower = nullptr, *upper = nullptr;
};
bool parse_parameter(Desugar &d, Node *node, ParameterSyntax &out);
/// The code that makes a TypeVar.
Form *typevar_call(Desugar &d, const ParameterSyntax &parameter);

// --- desugar_quote.cpp
Form *desugar_quote(Desugar &d, Node *node);
Form *desugar_meta(Desugar &d, Node *node);

} // namespace jl
