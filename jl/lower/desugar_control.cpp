// SPDX-License-Identifier: MIT
#include <algorithm>

#include "jl/lower/desugar.h"
#include "jl/lower/function_syntax.h"

namespace jl {

static Form *break_block(Desugar &d, uint32_t label, Form *body) {
  Form *form = d.forms.make(FormKind::BreakBlock, body->range, {body});
  form->number = label;
  return form;
}

Form *desugar_if(Desugar &d, Node *node) {
  if (node->arg_count() < 2)
    return d.error(node->range, "malformed \"if\"");
  Form *condition = desugar(d, node->arg(0));
  Form *then = desugar(d, node->arg(1));
  Form *otherwise = node->arg_count() > 2 ? desugar(d, node->arg(2)) : d.forms.nothing();
  return d.forms.make(FormKind::If, node->range, {condition, then, otherwise});
}

/// The body of a loop in a scope of its own, which `continue` leaves.
static Form *loop_body(Desugar &d, std::span<Form *const> first, Node *body, uint32_t next) {
  d.scopes++;
  std::vector<Form *> items(first.begin(), first.end());
  items.push_back(desugar(d, body));
  d.scopes--;
  items.push_back(d.forms.nothing());
  return break_block(d, next, d.scope(d.block(items, body->range), kFormSoft));
}

Form *desugar_while(Desugar &d, Node *node) {
  if (node->arg_count() != 2)
    return d.error(node->range, "malformed \"while\"");
  LoopLabels labels{d.forms.new_number(), d.forms.new_number()};
  Form *condition = desugar(d, node->arg(0));
  d.loops.push_back(labels);
  Form *body = loop_body(d, {}, node->arg(1), labels.next);
  d.loops.pop_back();
  return break_block(d, labels.exit, d.forms.make(FormKind::While, node->range, {condition, body}));
}

// --- for ---

/// One form of `kind` for each name that the pattern assigns.
static void for_names(Desugar &d, Node *pattern, FormKind kind, std::vector<Form *> &items) {
  if (pattern->is_identifier())
    items.push_back(d.forms.make(kind, pattern->range, {d.forms.name(name_of(pattern))}));
  else if (pattern->is_expr(Head::Tuple) || pattern->is_expr(Head::Parameters) ||
           pattern->is_expr(Head::Splat))
    for (Node *part : pattern->args())
      for_names(d, part, kind, items);
  else if (pattern->is_expr(Head::Declare, 2))
    for_names(d, pattern->arg(0), kind, items);
}

/// The loop variables become locals of the body, fresh in every iteration.
static void declare_pattern(Desugar &d, Node *pattern, std::vector<Form *> &items) {
  for_names(d, pattern, FormKind::LocalDecl, items);
}

/// Those of `for outer` exist around the loop.
static void require_locals(Desugar &d, Node *pattern, std::vector<Form *> &items) {
  for_names(d, pattern, FormKind::RequireLocal, items);
}

/// Does the code assign a variable of this name?
static bool assigns(const Node *node, Name name) {
  if (!node->is_expr() || node->is_expr(Head::Quote) || node->arg_count() == 0)
    return false;
  bool assigning = node->is_expr(Head::Assign) || node->is_expr(Head::Other);
  if (assigning && mentions(node->arg(0), name))
    return true;
  return std::any_of(node->args().begin(), node->args().end(),
                     [&](const Node *arg) { return assigns(arg, name); });
}

/// `for i in a, j in b`: every iteration of the inner loop starts with the outer one's own values, whatever
/// the body assigned before. Keeps the values in `items`, puts them back in `again`.
static void restore_in_inner(Desugar &d, Node *pattern, const Node *body, std::vector<Form *> &items,
                             std::vector<Form *> &again) {
  std::vector<Form *> declarations;
  declare_pattern(d, pattern, declarations);
  for (Form *declaration : declarations) {
    Form *variable = declaration->item(0);
    if (!assigns(body, variable->name()))
      continue;
    Name saved = d.fresh_name();
    items.push_back(d.forms.make(FormKind::LocalDecl, pattern->range, {d.forms.name(saved)}));
    items.push_back(d.forms.assign(d.forms.name(saved), d.forms.again(variable)));
    again.push_back(declaration);
    again.push_back(d.forms.assign(d.forms.again(variable), d.forms.name(saved)));
  }
}

static Form *for_range(Desugar &d, std::span<Node *const> specs, Node *body, uint32_t exit, Range range,
                       std::vector<Form *> restored = {}) {
  Node *spec = specs[0];
  if (!spec->is_expr(Head::Assign, 2))
    return d.error(spec->range, "invalid iteration specification");
  bool outer = spec->arg(0)->is_expr(Head::Outer, 1);
  Node *pattern = outer ? spec->arg(0)->arg(0) : spec->arg(0);
  LoopLabels labels{exit, d.forms.new_number()};
  auto get = [&](Form *object, int64_t field) {
    return d.forms.call(d.forms.core("getfield"), {object, d.integer(field)}, spec->range);
  };
  auto is_done = [&](Form *next) {
    return d.forms.call(d.forms.core("==="), {next, d.forms.nothing()}, spec->range);
  };
  // scope: next = iterate(it); unless it is nothing, repeat { x, state = next; body; next = iterate(it,
  // state) }
  std::vector<Form *> items;
  if (outer)
    require_locals(d, pattern, items);
  Name next = d.fresh_name();
  items.push_back(d.forms.make(FormKind::LocalDecl, range, {d.forms.name(next)}));
  Form *it = d.forms.temporary();
  items.push_back(d.forms.assign(it, desugar(d, spec->arg(1))));
  items.push_back(d.forms.assign(d.forms.name(next),
                                 d.forms.call(d.forms.base("iterate"), {d.forms.again(it)}, spec->range)));
  Form *state = d.forms.temporary();
  d.scopes++;
  std::vector<Form *> first;
  if (!outer)
    declare_pattern(d, pattern, first);
  first.push_back(assign_to(d, pattern, get(d.forms.name(next), 1), spec->range));
  Form *set_state = d.forms.assign(state, get(d.forms.name(next), 2));
  Form *inner = nullptr;
  if (specs.size() == 1) {
    first.insert(first.end(), restored.begin(), restored.end());
    d.loops.push_back(labels);
    inner = loop_body(d, first, body, labels.next);
    d.loops.pop_back();
  } else {
    if (!outer)
      restore_in_inner(d, pattern, body, first, restored);
    first.push_back(for_range(d, specs.subspan(1), body, exit, range, restored));
    first.push_back(d.forms.nothing());
    inner = d.scope(d.block(first, range), kFormSoft);
  }
  d.scopes--;
  Form *step = d.forms.assign(
      d.forms.name(next),
      d.forms.call(d.forms.base("iterate"), {d.forms.again(it), d.forms.again(state)}, spec->range));
  Form *condition = d.forms.make(FormKind::Block, range, {step, is_done(d.forms.name(next))});
  Form *loop = d.forms.make(FormKind::Until, range,
                            {d.forms.make(FormKind::Block, range, {set_state, inner}), condition});
  items.push_back(d.forms.make(FormKind::If, range, {is_done(d.forms.name(next)), d.forms.nothing(), loop}));
  items.push_back(d.forms.nothing());
  return d.scope(d.block(items, range), kFormSoft);
}

Form *desugar_for(Desugar &d, Node *node) {
  if (node->arg_count() != 2)
    return d.error(node->range, "malformed \"for\"");
  std::vector<Node *> specs;
  if (node->arg(0)->is_expr(Head::Block)) {
    for (Node *spec : node->arg(0)->args())
      if (spec->kind != NodeKind::LineNumber)
        specs.push_back(spec);
  } else {
    specs.push_back(node->arg(0));
  }
  if (specs.empty())
    return d.error(node->range, "malformed \"for\"");
  uint32_t exit = d.forms.new_number();
  return break_block(d, exit, for_range(d, specs, node->arg(1), exit, node->range));
}

Form *desugar_break(Desugar &d, Node *node) {
  if (d.loops.empty()) {
    d.context.diagnostics->error(node->range, "break or continue outside loop");
    return d.forms.nothing();
  }
  Form *form = d.forms.make(FormKind::Break, node->range);
  form->number = node->is_expr(Head::Break) ? d.loops.back().exit : d.loops.back().next;
  return form;
}

// --- let ---

static const Node *defined_function(const Node *node) {
  const Node *call = node->is_expr(Head::Assign, 2) || node->is_expr(Head::Function) ? node->arg(0) : nullptr;
  while (call && (call->is_expr(Head::Where) || call->is_expr(Head::Declare, 2)))
    call = call->arg(0);
  return call && call->is_expr(Head::Call) ? call->arg(0) : nullptr;
}

static Form *let_from(Desugar &d, std::span<Node *const> bindings, Node *body, Range range) {
  while (!bindings.empty() && bindings[0]->kind == NodeKind::LineNumber)
    bindings = bindings.subspan(1);
  if (bindings.empty())
    return desugar(d, body);
  Node *binding = bindings[0];
  std::vector<Form *> outside, inside;
  if (const Node *f = defined_function(binding)) {
    declare_pattern(d, const_cast<Node *>(f), inside);
    inside.push_back(desugar(d, binding));
  } else if (binding->is_expr(Head::Assign, 2)) {
    // The value sees the outer variable of the same name.
    Form *value = desugar(d, binding->arg(1));
    if (!value->is(FormKind::Constant)) {
      Form *temporary = d.forms.temporary();
      outside.push_back(d.forms.assign(temporary, value));
      value = d.forms.again(temporary);
    }
    declare_pattern(d, binding->arg(0), inside);
    inside.push_back(assign_to(d, binding->arg(0), value, binding->range));
  } else if (binding->is_expr(Head::Declare, 2) && binding->arg(0)->is_identifier()) {
    inside.push_back(desugar_declaration(d, d.context.arena->expr(Head::Local, {binding}, binding->range)));
  } else if (binding->is_identifier()) {
    declare_pattern(d, binding, inside);
  } else {
    return d.error(binding->range, "invalid let syntax");
  }
  inside.push_back(let_from(d, bindings.subspan(1), body, range));
  outside.push_back(d.scope(d.block(inside, range), 0));
  return d.block(outside, range);
}

Form *desugar_let(Desugar &d, Node *node) {
  if (node->arg_count() != 2)
    return d.error(node->range, "malformed \"let\"");
  std::vector<Node *> bindings;
  if (node->arg(0)->is_expr(Head::Block))
    bindings.assign(node->arg(0)->args().begin(), node->arg(0)->args().end());
  else
    bindings.push_back(node->arg(0));
  d.scopes++;
  Form *form = let_from(d, bindings, node->arg(1), node->range);
  d.scopes--;
  return d.scope(form, 0);
}

// --- try ---

static Node *part(Node *node, size_t i) {
  if (i >= node->arg_count() || node->arg(i)->kind == NodeKind::Bool)
    return nullptr;
  return node->arg(i);
}

static Form *soft_scope(Desugar &d, Node *body, Form *first = nullptr, Form *second = nullptr) {
  d.scopes++;
  std::vector<Form *> items;
  for (Form *form : {first, second})
    if (form)
      items.push_back(form);
  items.push_back(desugar(d, body));
  d.scopes--;
  return d.scope(d.block(items, body->range), kFormSoft);
}

/// (try body variable catch finally else); parts that are not there are `false`.
Form *desugar_try(Desugar &d, Node *node) {
  if (node->arg_count() < 3)
    return d.error(node->range, "malformed \"try\"");
  Node *variable = part(node, 1), *handler = part(node, 2), *finally = part(node, 3),
       *otherwise = part(node, 4);
  Form *form = soft_scope(d, node->arg(0));
  if (handler) {
    Form *declare = nullptr, *set = nullptr;
    if (variable && variable->is_identifier()) {
      declare = d.forms.make(FormKind::LocalDecl, variable->range, {d.forms.name(name_of(variable))});
      set = d.forms.assign(d.forms.name(name_of(variable)),
                           d.forms.make(FormKind::TheException, variable->range));
    }
    Form *caught = soft_scope(d, handler, declare, set);
    std::vector<Form *> items{form, caught};
    if (otherwise)
      items.push_back(soft_scope(d, otherwise));
    form = d.forms.make(FormKind::TryCatch, node->range, items);
  }
  if (finally)
    form = d.forms.make(FormKind::TryFinally, node->range, {form, soft_scope(d, finally)});
  return form;
}

} // namespace jl
