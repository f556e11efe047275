// SPDX-License-Identifier: MIT
// Macro expansion, outermost first. A macro's result is walked in the layer of its expansion; `esc` inside it
// switches back to the layer of the call, so arguments that a macro passes on to another keep their own layer
// without any renaming.
#include "jl/lower/macros.h"

#include <utility>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

constexpr unsigned kMaxNestedMacros = 400;
constexpr unsigned kMaxTreeDepth = 4000;

/// `line`: of the macro call, or null.
static Layer *new_layer(Expander &e, Module *module, const Layer *parent, Symbol macro, Node *line) {
  gc_keep(module);
  if (parent && parent->line)
    line = parent->line;
  if (e.lines == MacroLines::OfMacro || (line && line->kind != NodeKind::LineNumber))
    line = nullptr;
  return new (e.context.arena->allocate(sizeof(Layer))) Layer{module, parent, macro, false, line};
}

Node *with_args(AstArena &arena, Node *node, Node **args) {
  if (std::equal(args, args + node->arg_count(), node->args().begin()))
    return node;
  std::span<Node *const> span(args, node->arg_count());
  Node *copy = node->head == Head::Other ? arena.expr(node->head_name(), span, node->range)
                                         : arena.expr(node->head, span, node->range);
  copy->flags = node->flags;
  return copy;
}

template <class F> static Node *map_args(Expander &e, Node *node, F f) {
  return map_args(*e.context.arena, node, f);
}

/// Inside a quotation only what `$` brings back to level 0 is code.
static Node *expand_quoted(Expander &e, Node *node, const Layer *layer, unsigned level) {
  if (node->kind == NodeKind::Quote) { // a.$b
    Node *inner = expand_quoted(e, node->quoted(), layer, level);
    return inner == node->quoted() ? node : e.context.arena->quote(inner, node->range);
  }
  if (!node->is_expr())
    return node;
  if (node->is_expr(Head::Dollar)) {
    if (level == 1)
      return map_args(e, node, [&](Node *arg) { return expand(e, arg, layer); });
    level--;
  } else if (node->is_expr(Head::Quote)) {
    level++;
  }
  return map_args(e, node, [&](Node *arg) { return expand_quoted(e, arg, layer, level); });
}

/// The module that `A.B` names in `module`, or null.
static Module *module_named(Expander &e, const Node *path, const Layer *layer) {
  Value *value = nullptr;
  if (path->is_identifier()) {
    value = global_value(e.module_at(layer), path->symbol());
  } else if (path->kind == NodeKind::Value) {
    value = static_cast<Value *>(path->value());
  } else if (path->is_expr(Head::Escape, 1)) {
    return module_named(e, path->arg(0), layer ? layer->parent : nullptr);
  } else if (path->is_expr(Head::Dot, 2) && path->arg(1)->kind == NodeKind::Quote &&
             path->arg(1)->quoted()->is_identifier()) {
    if (Module *outer = module_named(e, path->arg(0), layer))
      value = global_value(outer, path->arg(1)->quoted()->symbol());
  }
  return value && type_of(value) == types::Module_ ? static_cast<Module *>(value) : nullptr;
}

namespace {
/// What the first argument of a macrocall names.
struct MacroName {
  Module *module = nullptr;
  Symbol name;
  Value *function = nullptr; // spliced in directly
};
} // namespace

static MacroName macro_name(Expander &e, const Node *node, const Layer *layer) {
  if (node->is_expr(Head::Escape, 1))
    return macro_name(e, node->arg(0), layer ? layer->parent : nullptr);
  if (node->is_identifier())
    return {e.module_at(layer), node->symbol()};
  if (node->kind == NodeKind::GlobalRef)
    return {modules::Core, node->ref_name()};
  if (node->kind == NodeKind::Value) {
    auto *value = static_cast<Value *>(node->value());
    if (type_of(value) != types::GlobalRef_)
      return {nullptr, Symbol(), value};
    auto *ref = static_cast<GlobalRef *>(value);
    return {ref->module, ref->name->name};
  }
  if (node->is_expr(Head::Dot, 2) && node->arg(1)->kind == NodeKind::Quote &&
      node->arg(1)->quoted()->is_identifier())
    if (Module *module = module_named(e, node->arg(0), layer))
      return {module, node->arg(1)->quoted()->symbol()};
  throw_error(e.context.task, "syntax: invalid macro usage: the name before `(` or a blank is no macro name");
}

/// Base's own macro, or nobody's yet (Base may not have defined it so far, or leave it to lowering)?
static bool is_bases(const MacroName &macro) {
  if (macro.function)
    return false;
  Binding *binding = find_binding(macro.module, macro.name);
  if (!binding || !global_value(macro.module, macro.name))
    return true;
  Module *owner = owner_of(binding)->module;
  return owner == modules::Core || owner == modules::Base;
}

static Value *macro_function(Expander &e, const MacroName &macro) {
  if (macro.function)
    return macro.function;
  if (Value *f = global_value(macro.module, macro.name))
    return f;
  // The parser names string macros of numbers, commands and docs as Core's; Base defines some of them.
  if (macro.module == modules::Core && modules::Base)
    if (Value *f = global_value(modules::Base, macro.name))
      return f;
  throw_undef_var(e.context.task, macro.name, macro.module);
}

static Value *call_macro(Expander &e, Value *f, Node *call) {
  GcVector<Value *> args;
  Task *task = e.context.task;
  Node *line = call->arg(1);
  bool has_line = line->kind == NodeKind::LineNumber;
  args.push_back(has_line ? node_to_value(task, line, *e.context.sources)
                          : new_line_number_node(task, 0, symbol_value("none")));
  args.push_back(e.context.module);
  for (size_t i = 2; i < call->arg_count(); i++)
    args.push_back(node_to_value(task, call->arg(i), *e.context.sources));
  return apply_latest(task, f, args.data(), uint32_t(args.size()));
}

/// Finds the macro's function and calls it; what it throws comes out as LoadError with the line of the call.
static Value *run_macro(Expander &e, const MacroName &macro, Node *call, Value *&f) {
  Task *task = e.context.task;
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    f = macro_function(e, macro);
    Value *value = call_macro(e, f, call);
    handler_leave(task, &handler);
    return value;
  }
  Value *error = current_exception(task);
  if (type_of(error) == types::LoadError || error == types::InterruptException->instance)
    rethrow_current(task);
  Node *line = call->arg(1);
  bool has_line = line->kind == NodeKind::LineNumber;
  std::string_view file = has_line && line->line_file() ? line->line_file().text() : "none";
  Value *fields[] = {new_string(task, file), box_int64(task, has_line ? int64_t(line->line()) : 0), error};
  rethrow_as(task, new_struct(task, types::LoadError, fields, 3));
}

/// A macro call that a macro made, for later: the macro is said for good.
static Node *keep_macrocall(Expander &e, Node *call, const MacroName &macro, const Layer *layer) {
  if (!layer)
    return call;
  Value *name = macro.function ? macro.function : new_global_ref(e.context.task, macro.module, macro.name);
  gc_keep(name);
  bool is_first = true;
  return map_args(e, call, [&](Node *arg) {
    return std::exchange(is_first, false) ? e.context.arena->value(name, arg->range) : expand(e, arg, layer);
  });
}

static Node *expand_macrocall(Expander &e, Node *call, const Layer *layer) {
  if (++e.depth > kMaxNestedMacros)
    throw_error(e.context.task, "syntax: macro expansion nests too deeply; does the macro expand to itself?");
  MacroName macro = macro_name(e, call->arg(0), layer);
  Node *result = nullptr;
  if (e.expansion == Expansion::Once && e.depth > 1)
    return e.depth--, keep_macrocall(e, call, macro, layer);
  if (is_bases(macro))
    result = expand_known_macro(e, macro.name, call, layer);
  if (!result) {
    Value *f = nullptr;
    Value *value = run_macro(e, macro, call, f);
    Symbol name = macro.name ? macro.name : Symbol::intern("@");
    Layer *inner = new_layer(e, type_of(f)->name->module, layer, name, call->arg(1));
    result = expand(e, value_to_node(*e.context.arena, value, call->range), inner);
  }
  e.depth--;
  return result;
}

static Node *expand_hygienic_scope(Expander &e, Node *node, const Layer *layer) {
  Module *module = nullptr;
  if (node->arg_count() >= 2 && node->arg(1)->kind == NodeKind::Value) {
    auto *value = static_cast<Value *>(node->arg(1)->value());
    if (type_of(value) == types::Module_)
      module = static_cast<Module *>(value);
  }
  if (!module)
    throw_error(e.context.task, "syntax: malformed hygienic-scope: expected an expression and a Module");
  Node *line = node->arg_count() >= 3 ? node->arg(2) : nullptr;
  return expand(e, node->arg(0), new_layer(e, module, layer, Symbol::intern("@"), line));
}

/// Statements for the top level are evaluated one after the other, and expanded then: earlier ones may define
/// macros for later ones. They keep their layer by a wrapper.
static Node *defer_toplevel(Expander &e, Node *node, const Layer *layer) {
  if (!layer)
    return node;
  AstArena &arena = *e.context.arena;
  return map_args(e, node, [&](Node *arg) {
    if (arg->kind == NodeKind::LineNumber)
      return expand(e, arg, layer);
    Node *module = arena.value(layer->module, arg->range);
    if (!layer->line)
      return arena.expr(Head::HygienicScope, {arg, module}, arg->range);
    return arena.expr(Head::HygienicScope, {arg, module, layer->line}, arg->range);
  });
}

/// `@m(a) do x ... end` is `@m(x -> ..., a)`.
static Node *insert_do_function(Expander &e, Node *node) {
  Node *call = node->arg(0);
  std::span<Node *> args = call->args();
  size_t at = std::min<size_t>(2, args.size());
  auto **all = static_cast<Node **>(e.context.arena->allocate((args.size() + 1) * sizeof(Node *)));
  std::copy_n(args.begin(), at, all);
  all[at] = node->arg(1);
  std::copy(args.begin() + at, args.end(), all + at + 1);
  return e.context.arena->expr(Head::MacroCall, std::span<Node *const>(all, args.size() + 1), node->range);
}

/// Docstrings of fields are dropped before they could hide the field.
static Node *without_field_docs(Expander &e, Node *node) {
  if (!node->is_expr(Head::Struct, 3) || !node->arg(2)->is_expr(Head::Block))
    return node;
  Node *body = map_args(e, node->arg(2), [](Node *arg) {
    bool is_doc = arg->is_expr(Head::MacroCall) && arg->arg_count() == 4 &&
                  arg->arg(0)->kind == NodeKind::GlobalRef && arg->arg(0)->ref_name().text() == "@doc";
    return is_doc ? arg->arg(3) : arg;
  });
  Node *args[] = {node->arg(0), node->arg(1), body};
  return with_args(*e.context.arena, node, args);
}

void throw_malformed(Task *task, const Node *node) {
  throw_error(task, "syntax: malformed \"" + std::string(node->head_name().text()) + "\" expression");
}

static Node *expand_expr(Expander &e, Node *node, const Layer *layer) {
  if (!has_shape(node))
    throw_malformed(e.context.task, node);
  if (is_about_modules(node->head))
    return node;
  switch (node->head) {
  case Head::Quote:
    return expand_quoted(e, node, layer, 0);
  case Head::MacroCall:
    return expand_macrocall(e, node, layer);
  case Head::Do:
    if (node->arg_count() == 2 && node->arg(0)->is_expr(Head::MacroCall))
      return expand_macrocall(e, insert_do_function(e, node), layer);
    return map_args(e, node, [&](Node *arg) { return expand(e, arg, layer); });
  case Head::Struct:
    return map_args(e, without_field_docs(e, node), [&](Node *arg) { return expand(e, arg, layer); });
  case Head::Escape:
    return node->arg_count() ? expand(e, node->arg(0), layer ? layer->parent : nullptr) : node;
  case Head::HygienicScope:
    return expand_hygienic_scope(e, node, layer);
  case Head::TopLevel:
    return defer_toplevel(e, node, layer);
  default:
    return map_args(e, node, [&](Node *arg) { return expand(e, arg, layer); });
  }
}

Node *expand(Expander &e, Node *node, const Layer *layer) {
  if (node->is_expr()) {
    if (node->depth > kMaxTreeDepth)
      throw_error(e.context.task, "syntax: expression nests too deeply");
    return expand_expr(e, node, layer);
  }
  if (layer && node->is_identifier())
    set_layer(node, layer);
  if (layer && layer->line && node->kind == NodeKind::LineNumber)
    return layer->line;
  return node;
}

Node *expand_macros(LowerContext &context, Node *node) {
  Expander expander{context};
  return expand(expander, node, nullptr);
}

Node *expand_to_plain_tree(LowerContext &context, Node *node, Expansion expansion) {
  Expander expander{context, MacroLines::OfMacro, expansion};
  return without_layers(context, expand(expander, node, nullptr));
}

} // namespace jl
