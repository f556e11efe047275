// SPDX-License-Identifier: MIT
// Docstrings. `"text" definition` is the definition and then a call that keeps the text under its name; `@doc
// name` is a call that finds it. The library's own texts are dropped.
#include "jl/lower/macros.h"
#include "jl/runtime/module.h"

namespace jl {

static Node *quoted(AstArena &arena, Node *name) {
  return arena.quote(arena.identifier(name->symbol(), name->range), name->range);
}

/// What the definition (or mere mention) names: an identifier or `A.b`; null when it names nothing.
static Node *documented_name(AstArena &arena, Node *node) {
  if (node->is_identifier())
    return node;
  if (!node->is_expr() || node->arg_count() == 0)
    return nullptr;
  switch (node->head) {
  case Head::Dot:
    return node->arg_count() == 2 && node->arg(1)->kind == NodeKind::Quote &&
                   node->arg(1)->quoted()->is_identifier()
               ? node
               : nullptr;
  case Head::Macro: {
    Node *name = documented_name(arena, node->arg(0));
    return name && name->is_identifier()
               ? arena.identifier("@" + std::string(name->symbol().text()), name->range)
               : nullptr;
  }
  case Head::Struct:
  case Head::Module:
    return node->arg_count() > 1 ? documented_name(arena, node->arg(1)) : nullptr;
  case Head::Declare: // x::T, and (f::T)(...), whose docs belong to T
    return documented_name(arena,
                           node->arg(0)->is_identifier() ? node->arg(0) : node->arg(node->arg_count() - 1));
  case Head::Block:
    for (Node *statement : node->args())
      if (statement->is_expr() && !statement->is_expr(Head::Call))
        if (Node *name = documented_name(arena, statement))
          return name;
    return nullptr;
  case Head::Function:
  case Head::Assign:
  case Head::Const:
  case Head::Global:
  case Head::Abstract:
  case Head::Primitive:
  case Head::Subtype:
  case Head::Curly:
  case Head::Call:
  case Head::Where:
  case Head::MacroCall: // a mention, `@m`
    return documented_name(arena, node->arg(0));
  default:
    return nullptr;
  }
}

static bool is_mention(const Node *node) {
  return node->is_identifier() || node->is_expr(Head::Call) || node->is_expr(Head::Where) ||
         node->is_expr(Head::Dot) || node->is_expr(Head::Curly) || node->is_expr(Head::Declare) ||
         node->is_expr(Head::Tuple) || node->kind == NodeKind::Quote;
}

/// base_function(module, :name, extra)
static Node *call_about(Expander &e, std::string_view base_function, Node *name, Node *extra, Range range) {
  AstArena &arena = *e.context.arena;
  Node *module = name->is_identifier() ? arena.value(e.context.module, range) : name->arg(0);
  Node *symbol = name->is_identifier() ? quoted(arena, name) : name->arg(1);
  std::vector<Node *> args{arena.global_ref(Symbol::intern("Base"), Symbol::intern(base_function), range),
                           module, symbol};
  if (extra)
    args.push_back(extra);
  return arena.expr(Head::Call, args, range);
}

static bool is_programs(const Module *module) {
  while (module->parent && module->parent != module)
    module = module->parent;
  return module == modules::Main;
}

Node *expand_doc(Expander &e, Node *call, const Layer *layer) {
  AstArena &arena = *e.context.arena;
  std::span<Node *> args = call->args().subspan(2);
  if (args.empty())
    return arena.expr(Head::Error, {arena.string("@doc expects a name, or a text and what it documents")},
                      call->range);
  gc_keep(e.context.module);
  if (args.size() == 1) {
    Node *name = documented_name(arena, args[0]);
    if (name)
      return call_about(e, "find_doc", name->is_identifier() ? name : expand(e, name, layer), nullptr,
                        call->range);
    return arena.expr(Head::Error, {arena.string("@doc expects a name, or a text and what it documents")},
                      call->range);
  }
  // A macro may make the definition, or be what is documented.
  Node *target = args[1];
  bool is_macro_name = target->is_expr(Head::MacroCall) && target->arg_count() == 2;
  bool mentions = is_macro_name || is_mention(target);
  if (!is_macro_name)
    target = expand(e, target, layer);
  if (!is_programs(e.context.module))
    return mentions ? arena.nothing(call->range) : target;
  Node *name = documented_name(arena, target);
  if (!name)
    return target;
  std::vector<Node *> items;
  if (!mentions)
    items.push_back(target);
  items.push_back(call_about(e, "record_doc", name, expand(e, args[0], layer), call->range));
  if (!mentions && name->is_identifier() && !target->is_expr(Head::Macro))
    items.push_back(name); // the value, for whoever looks
  return arena.expr(Head::Block, items, call->range);
}

} // namespace jl
