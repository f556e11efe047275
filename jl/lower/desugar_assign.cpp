// SPDX-License-Identifier: MIT
#include <functional>
#include <utility>

#include "jl/lower/desugar.h"

namespace jl {

static bool is_underscores(Symbol name) {
  return !name.text().empty() && name.text().find_first_not_of('_') == std::string_view::npos;
}

/// The call in `f(x) where T`, `f(x)::R` and the like; null when `lhs` defines no function.
static bool is_signature(const Node *lhs) {
  while (lhs->is_expr(Head::Where) || (lhs->is_expr(Head::Declare, 2) && lhs->arg(0)->is_expr()))
    lhs = lhs->arg(0);
  return lhs->is_expr(Head::Call);
}

// --- Destructuring ---

static Form *assign_slurp(Desugar &d, Node *target, Form *rest, Range range) {
  return assign_to(d, target->arg(0), rest, range);
}

/// (; a, b::T) = x
static Form *destructure_properties(Desugar &d, std::span<Node *> fields, Form *value, Range range) {
  std::vector<Form *> items;
  Form *object = d.atom(value, items);
  for (Node *field : fields) {
    Node *name = field->is_expr(Head::Declare, 2) ? field->arg(0) : field;
    if (!name->is_identifier()) {
      items.push_back(d.error(field->range, "invalid assignment location in property destructuring"));
      continue;
    }
    Form *read = property(d, d.forms.again(object), d.forms.symbol(name->symbol()), range);
    items.push_back(assign_to(d, field, read, range));
  }
  items.push_back(d.forms.again(object));
  return d.block(items, range);
}

/// What follows a slurp that is not last: `a, b..., c = x` splits off the tail.
static void destructure_middle(Desugar &d, std::span<Node *> lhs, size_t at, Form *object, Form *state,
                               std::vector<Form *> &items, Range range) {
  int64_t tail = int64_t(lhs.size() - at - 1);
  std::vector<Form *> args{d.forms.again(object), d.integer(tail)};
  if (state)
    args.push_back(d.forms.again(state));
  Form *split = d.atom(d.forms.call(d.forms.base("split_rest"), args, range), items);
  auto part = [&](int64_t i) {
    return d.forms.call(d.forms.core("getfield"), {d.forms.again(split), d.integer(i)}, range);
  };
  items.push_back(assign_slurp(d, lhs[at], part(1), range));
  Form *rest = d.atom(part(2), items);
  for (int64_t i = 0; i < tail; i++) {
    Form *element = d.forms.call(d.forms.base("getindex"), {d.forms.again(rest), d.integer(i + 1)}, range);
    items.push_back(assign_to(d, lhs[at + 1 + i], element, range));
  }
}

static Form *destructure(Desugar &d, Node *pattern, Form *value, Range range) {
  std::span<Node *> lhs = pattern->args();
  if (lhs.size() == 1 && lhs[0]->is_expr(Head::Parameters))
    return destructure_properties(d, lhs[0]->args(), value, range);
  size_t slurps = 0;
  for (Node *target : lhs)
    slurps += target->is_expr(Head::Splat);
  if (slurps > 1)
    return d.error(pattern->range, "multiple \"...\" on lhs of assignment");
  std::vector<Form *> items;
  Form *object = d.atom(value, items);
  Form *state = nullptr;
  for (size_t i = 0; i < lhs.size(); i++) {
    if (lhs[i]->is_expr(Head::Splat, 1)) {
      if (i + 1 < lhs.size()) {
        destructure_middle(d, lhs, i, object, state, items, range);
        break;
      }
      std::vector<Form *> args{d.forms.again(object)};
      if (state)
        args.push_back(d.forms.again(state));
      items.push_back(assign_slurp(d, lhs[i], d.forms.call(d.forms.base("rest"), args, range), range));
      break;
    }
    std::vector<Form *> args{d.forms.again(object), d.integer(int64_t(i) + 1)};
    if (state)
      args.push_back(d.forms.again(state));
    Form *next = d.atom(d.forms.call(d.forms.base("indexed_iterate"), args, range), items);
    Form *element = d.forms.call(d.forms.core("getfield"), {d.forms.again(next), d.integer(1)}, range);
    items.push_back(assign_to(d, lhs[i], element, range));
    if (i + 1 < lhs.size())
      state =
          d.atom(d.forms.call(d.forms.core("getfield"), {d.forms.again(next), d.integer(2)}, range), items);
  }
  items.push_back(d.forms.again(object));
  return d.block(items, range);
}

static bool is_plain_tuple(const Node *node) {
  if (!node->is_expr(Head::Tuple))
    return false;
  for (const Node *arg : node->args())
    if (arg->is_expr(Head::Splat) || arg->is_expr(Head::Parameters) || arg->is_expr(Head::Assign) ||
        arg->is_expr(Head::Kw))
      return false;
  return true;
}

/// a, b = b, a: no tuple is made (its value is one only where somebody looks, and then it is unused code).
static Form *assign_pairwise(Desugar &d, Node *lhs, Node *rhs, Range range) {
  std::vector<Form *> items, values;
  for (size_t i = 0; i < rhs->arg_count(); i++) {
    Form *value = desugar(d, rhs->arg(i));
    // A variable on the right may be assigned by an earlier pair.
    if (!value->is(FormKind::Constant)) {
      Form *temporary = d.forms.temporary();
      items.push_back(d.forms.assign(temporary, value));
      value = d.forms.again(temporary);
    }
    values.push_back(value);
  }
  for (size_t i = 0; i < lhs->arg_count(); i++)
    items.push_back(assign_to(d, lhs->arg(i), d.forms.again(values[i]), range));
  items.push_back(d.forms.call(d.forms.core("tuple"), values, range));
  return d.block(items, range);
}

// --- Single targets ---

static Form *assign_property(Desugar &d, Node *lhs, Form *value, Range range) {
  std::vector<Form *> items;
  Form *object = d.atom(desugar(d, lhs->arg(0)), items);
  Node *name = lhs->arg(1);
  Form *field = name->kind == NodeKind::Quote ? desugar(d, name) : d.atom(desugar(d, name), items);
  Form *stored = d.atom(value, items);
  items.push_back(d.forms.call(d.forms.base("setproperty!"), {object, field, d.forms.again(stored)}, range));
  items.push_back(d.forms.again(stored));
  return d.block(items, range);
}

static Form *assign_index(Desugar &d, Node *lhs, Form *value, Range range) {
  std::vector<Form *> items;
  IndexParts parts = index_parts(d, lhs, items, true);
  Form *stored = d.atom(value, items);
  items.push_back(index_call(d, d.forms.base("setindex!"), parts, d.forms.again(stored), range));
  items.push_back(d.forms.again(stored));
  return d.block(items, range);
}

/// `x::T = v`: declares x (a typed local in a function, a typed global at top level), then assigns.
static Form *assign_declared(Desugar &d, Node *lhs, Form *value, Range range) {
  Node *target = lhs->arg(0);
  if (!target->is_identifier())
    return assign_to(
        d, target, d.forms.call(d.forms.core("typeassert"), {value, desugar(d, lhs->arg(1))}, range), range);
  Form *name = d.forms.name(name_of(target), target->range);
  FormKind kind = d.at_toplevel() ? FormKind::GlobalType : FormKind::LocalDecl;
  Form *declaration = d.forms.make(kind, range, {name, desugar(d, lhs->arg(1))});
  return d.forms.make(FormKind::Block, range,
                      {declaration, d.forms.assign(d.forms.again(name), value, range)});
}

static Form *invalid_target(Desugar &d, Node *lhs) {
  if (lhs->is_expr(Head::Vect) || lhs->is_expr(Head::VCat) || lhs->is_expr(Head::HCat))
    return d.error(lhs->range, "use \"(a, b) = ...\" to assign multiple values");
  if (lhs->is_expr(Head::Splat))
    return d.error(lhs->range,
                   "assignment location \"...\" is invalid: use \"x, = ...\" or \"x... = ...\" in a tuple");
  std::string text(d.context.sources->text(lhs->range));
  return d.error(lhs->range, "invalid assignment location \"" + text + "\"");
}

static Form *assign_value_node(Desugar &d, Node *lhs, Form *value, Range range) {
  Form *target = desugar(d, lhs);
  if (!target->is(FormKind::Global))
    return invalid_target(d, lhs);
  return d.forms.assign(target, value, range);
}

Form *assign_to(Desugar &d, Node *lhs, Form *value, Range range) {
  if (lhs->is_identifier()) {
    // `_ = x` evaluates x only.
    if (is_underscores(lhs->symbol()))
      return value;
    return d.forms.assign(d.forms.name(name_of(lhs), lhs->range), value, range);
  }
  if (lhs->kind == NodeKind::Value || lhs->kind == NodeKind::GlobalRef)
    return assign_value_node(d, lhs, value, range);
  if (lhs->is_expr(Head::Dot, 2) && !lhs->arg(1)->is_expr(Head::Tuple))
    return assign_property(d, lhs, value, range);
  if (lhs->is_expr(Head::Ref) && lhs->arg_count())
    return assign_index(d, lhs, value, range);
  if (lhs->is_expr(Head::Tuple))
    return destructure(d, lhs, value, range);
  if (lhs->is_expr(Head::Declare, 2))
    return assign_declared(d, lhs, value, range);
  return invalid_target(d, lhs);
}

/// `Alias{T} = Array{T,1}`
static Form *assign_alias(Desugar &d, Node *lhs, Node *rhs, Range range) {
  if (!lhs->arg(0)->is_identifier())
    return invalid_target(d, lhs);
  std::vector<Node *> where{rhs};
  where.insert(where.end(), lhs->args().begin() + 1, lhs->args().end());
  Node *type = d.context.arena->expr(Head::Where, where, range);
  Form *form = d.forms.make(FormKind::ConstDef, range,
                            {d.forms.name(name_of(lhs->arg(0)), lhs->range), desugar(d, type)});
  return form;
}

Form *desugar_assignment(Desugar &d, Node *lhs, Node *rhs, Range range) {
  if (is_signature(lhs)) {
    Node *definition = d.context.arena->expr(Head::Assign, {lhs, rhs}, range);
    return desugar_function(d, definition);
  }
  if (lhs->is_expr(Head::Curly))
    return assign_alias(d, lhs, rhs, range);
  if (is_plain_tuple(lhs) && is_plain_tuple(rhs) && lhs->arg_count() == rhs->arg_count() && lhs->arg_count())
    return assign_pairwise(d, lhs, rhs, range);
  if (lhs->is_expr(Head::Call))
    return invalid_target(d, lhs);
  return assign_to(d, lhs, desugar(d, rhs), range);
}

// --- op= ---

/// `node` as something that can be evaluated twice: a fresh local variable holds its value.
static Node *pin(Desugar &d, Form *value, Range range, std::vector<Form *> &items) {
  Name name = d.fresh_name();
  items.push_back(d.forms.make(FormKind::LocalDecl, range, {d.forms.name(name)}));
  items.push_back(d.forms.assign(d.forms.name(name), value, range));
  Node *node = d.context.arena->identifier(name.symbol, range);
  set_layer(node, name.layer);
  return node;
}

/// a[i] and a.b with a and i pinned, for `.op=` where the target is read and written.
static Node *pin_target(Desugar &d, Node *lhs, std::vector<Form *> &items) {
  AstArena &arena = *d.context.arena;
  if (lhs->is_expr(Head::Dot, 2) && !lhs->arg(0)->is_identifier())
    return arena.expr(Head::Dot, {pin(d, desugar(d, lhs->arg(0)), lhs->range, items), lhs->arg(1)},
                      lhs->range);
  if (!lhs->is_expr(Head::Ref) || lhs->arg_count() == 0)
    return lhs;
  IndexParts parts = index_parts(d, lhs, items, true);
  std::vector<Node *> args{pin(d, d.forms.again(parts.array), lhs->range, items)};
  for (size_t i = 0; i < parts.indices.size(); i++) {
    Node *index = pin(d, d.forms.again(parts.indices[i]), lhs->range, items);
    args.push_back(parts.is_splat[i] ? arena.expr(Head::Splat, {index}, lhs->range) : index);
  }
  return arena.expr(Head::Ref, args, lhs->range);
}

/// The new value of what has the value `old`.
using Combine = std::function<Form *(Form *old)>;

static Form *update_broadcast(Desugar &d, Node *lhs, Node *op, Node *rhs,
                              Range range) { // a .+= b is a .= a .+ b
  std::vector<Form *> items;
  lhs = pin_target(d, lhs, items);
  Node *combined = d.context.arena->expr(Head::Call, {op, lhs, rhs}, range);
  items.push_back(desugar_broadcast_assign(d, lhs, combined, range));
  return d.block(items, range);
}

static Form *update_index(Desugar &d, Node *lhs, const Combine &combine, Range range) {
  std::vector<Form *> items;
  IndexParts parts = index_parts(d, lhs, items, true);
  Form *old = index_call(d, d.forms.base("getindex"), parts, nullptr, range);
  Form *stored = d.atom(combine(old), items);
  items.push_back(index_call(d, d.forms.base("setindex!"), parts, d.forms.again(stored), range));
  items.push_back(d.forms.again(stored));
  return d.block(items, range);
}

static Form *update_property(Desugar &d, Node *lhs, const Combine &combine, Range range) {
  std::vector<Form *> items;
  Form *object = d.atom(desugar(d, lhs->arg(0)), items);
  Form *field = d.atom(desugar(d, lhs->arg(1)), items);
  Form *old = property(d, d.forms.again(object), d.forms.again(field), range);
  Form *stored = d.atom(combine(old), items);
  items.push_back(d.forms.call(d.forms.base("setproperty!"),
                               {d.forms.again(object), d.forms.again(field), d.forms.again(stored)}, range));
  items.push_back(d.forms.again(stored));
  return d.block(items, range);
}

/// The target's parts are evaluated once: a[f()] += 1 calls f once.
Form *desugar_update(Desugar &d, Node *node, Symbol op, bool broadcast) {
  Node *lhs = node->arg(0), *rhs = node->arg(1);
  Symbol called = broadcast ? Symbol::intern("." + std::string(op.text())) : op;
  Node *op_node = d.context.arena->identifier(called, node->range);
  if (broadcast)
    return update_broadcast(d, lhs, op_node, rhs, node->range);
  auto combine = [&](Form *old) {
    return d.forms.call(desugar(d, op_node), {old, desugar(d, rhs)}, node->range);
  };
  if (lhs->is_expr(Head::Ref) && lhs->arg_count())
    return update_index(d, lhs, combine, node->range);
  if (lhs->is_expr(Head::Dot, 2))
    return update_property(d, lhs, combine, node->range);
  if (lhs->is_expr(Head::Declare, 2) && lhs->arg(0)->is_identifier())
    return assign_to(d, lhs, combine(desugar(d, lhs->arg(0))), node->range);
  if (!lhs->is_identifier() && lhs->kind != NodeKind::Value)
    return invalid_target(d, lhs);
  return assign_to(d, lhs, combine(desugar(d, lhs)), node->range);
}

// --- local, global, const ---

static void declare_targets(Desugar &d, Node *target, FormKind kind, std::vector<Form *> &items) {
  if (target->is_identifier()) {
    items.push_back(d.forms.make(kind, target->range, {d.forms.name(name_of(target), target->range)}));
  } else if (target->is_expr(Head::Tuple) || target->is_expr(Head::Parameters)) {
    for (Node *arg : target->args())
      declare_targets(d, arg, kind, items);
  } else if (target->is_expr(Head::Splat, 1)) {
    declare_targets(d, target->arg(0), kind, items);
  } else if (target->is_expr(Head::Declare, 2) && target->arg(0)->is_identifier()) {
    Form *name = d.forms.name(name_of(target->arg(0)), target->range);
    if (kind == FormKind::GlobalDecl)
      items.push_back(d.forms.make(kind, target->range, {d.forms.again(name)}));
    items.push_back(d.forms.make(kind == FormKind::GlobalDecl ? FormKind::GlobalType : kind, target->range,
                                 {name, desugar(d, target->arg(1))}));
  } else if (target->kind == NodeKind::Value || target->kind == NodeKind::GlobalRef) {
    return; // already global
  } else {
    items.push_back(d.error(target->range, "invalid syntax in \"" +
                                               std::string(kind == FormKind::LocalDecl ? "local" : "global") +
                                               "\" declaration"));
  }
}

/// `local a, b = 1, 2`: declares what is on the left, then does the assignment.
Form *desugar_declaration(Desugar &d, Node *node) {
  FormKind kind = node->head == Head::Local ? FormKind::LocalDecl : FormKind::GlobalDecl;
  std::vector<Form *> items;
  Form *result = nullptr;
  for (Node *arg : node->args()) {
    if (arg->is_expr(Head::Const))
      return kind == FormKind::LocalDecl
                 ? d.error(node->range, "unsupported `const` declaration on local variable")
                 : desugar_const(d, arg);
    if (arg->is_expr(Head::Function) || (arg->is_expr(Head::Assign, 2) && is_signature(arg->arg(0)))) {
      const Node *call = arg->arg(0);
      while (call->is_expr(Head::Where) || call->is_expr(Head::Declare))
        call = call->arg(0);
      if (call->is_expr(Head::Call) && call->arg(0)->is_identifier())
        declare_targets(d, call->arg(0), kind, items);
      result = desugar(d, arg);
      items.push_back(result);
    } else if (arg->is_expr(Head::Assign, 2)) {
      Node *lhs = arg->arg(0);
      declare_targets(d, lhs, kind, items);
      while (lhs->is_expr(Head::Declare, 2) && lhs->arg(0)->is_identifier())
        lhs = lhs->arg(0);
      result = desugar_assignment(d, lhs, arg->arg(1), arg->range);
      items.push_back(result);
    } else if (arg->is_expr() && (arg->head_name().text().ends_with("=")) && arg->arg_count() == 2) {
      declare_targets(d, arg->arg(0), kind, items);
      result = desugar(d, arg);
      items.push_back(result);
    } else {
      declare_targets(d, arg, kind, items);
    }
  }
  if (!result)
    items.push_back(d.forms.nothing());
  return d.block(items, node->range);
}

static void const_targets(Desugar &d, Node *target, Form *value, std::vector<Form *> &items) {
  if (target->is_identifier()) {
    items.push_back(d.forms.make(FormKind::ConstDef, target->range,
                                 {d.forms.name(name_of(target), target->range), value}));
  } else if (target->is_expr(Head::Declare, 2)) {
    Form *converted = d.forms.make(FormKind::Convert, target->range, {value, desugar(d, target->arg(1))});
    const_targets(d, target->arg(0), converted, items);
  } else {
    items.push_back(d.error(target->range, "invalid assignment location in \"const\" declaration"));
  }
}

/// `const global a = b`: global whatever scope it stands in.
static Form *const_global(Desugar &d, Node *node, Node *inner) {
  std::vector<Form *> items;
  if (inner->is_expr(Head::Assign, 2))
    declare_targets(d, inner->arg(0), FormKind::GlobalDecl, items);
  uint32_t scopes = std::exchange(d.scopes, 0);
  items.push_back(desugar_const(d, d.context.arena->expr(Head::Const, {inner}, node->range)));
  d.scopes = scopes;
  return d.block(items, node->range);
}

/// `const a, b = f()`: into temporaries first.
static Form *const_tuple(Desugar &d, Node *node, Node *assignment) {
  Node *lhs = assignment->arg(0);
  std::vector<Form *> items;
  std::vector<Node *> names;
  std::vector<std::pair<Node *, Node *>> targets;
  for (Node *target : lhs->args()) {
    bool slurp = target->is_expr(Head::Splat, 1);
    Node *temporary = d.context.arena->identifier(Symbol::intern("#const"), target->range);
    set_layer(temporary, d.fresh_name("#const").layer);
    targets.push_back({slurp ? target->arg(0) : target, temporary});
    names.push_back(slurp ? d.context.arena->expr(Head::Splat, {temporary}, target->range) : temporary);
    items.push_back(d.forms.make(FormKind::LocalDecl, target->range, {d.forms.name(name_of(temporary))}));
  }
  Node *all = d.context.arena->expr(Head::Tuple, names, lhs->range);
  items.push_back(desugar_assignment(d, all, assignment->arg(1), assignment->range));
  for (auto [target, temporary] : targets)
    const_targets(d, target, d.forms.name(name_of(temporary)), items);
  return d.block(items, node->range);
}

Form *desugar_const(Desugar &d, Node *node) {
  Node *arg = node->arg_count() ? node->arg(0) : node;
  bool is_global = arg->is_expr(Head::Global);
  if (!d.lambda->is_toplevel || (d.scopes > 0 && !is_global) || arg->is_expr(Head::Local))
    return d.error(node->range, "unsupported `const` declaration on local variable");
  if (is_global && arg->arg_count() == 1)
    return const_global(d, node, arg->arg(0));
  if (!arg->is_expr(Head::Assign, 2))
    return d.error(node->range, "expected assignment after \"const\"");
  Node *lhs = arg->arg(0), *rhs = arg->arg(1);
  if (is_signature(lhs))
    return desugar_assignment(d, lhs, rhs, arg->range);
  if (lhs->is_expr(Head::Curly))
    return assign_alias(d, lhs, rhs, arg->range);
  if (lhs->is_expr(Head::Tuple))
    return const_tuple(d, node, arg);
  std::vector<Form *> items;
  Form *value = d.atom(desugar(d, rhs), items);
  const_targets(d, lhs, value, items);
  items.push_back(d.forms.again(value));
  return d.block(items, node->range);
}

} // namespace jl
