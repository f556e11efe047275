// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"

namespace jl {

static Form *iterators(Desugar &d, std::string_view function, Range range) {
  return property(d, d.forms.base("Iterators"), d.forms.symbol(Symbol::intern(function)), range);
}

static const Node *find_return(const Node *node) {
  if (!node->is_expr() || node->is_expr(Head::Arrow) || node->is_expr(Head::Function) ||
      node->is_expr(Head::Quote) || node->is_expr(Head::Do))
    return nullptr;
  if (node->is_expr(Head::Return))
    return node;
  for (const Node *arg : node->args())
    if (const Node *found = find_return(arg))
      return found;
  return nullptr;
}

/// The function of one element: `pattern -> body`, or identity when it only gives the element back.
static Form *element_function(Desugar &d, Node *pattern, Node *body, Range range) {
  if (const Node *at = find_return(body))
    return d.error(at->range, "\"return\" not allowed inside comprehension or generator");
  if (pattern->is_identifier() && body->is_identifier() && name_of(pattern) == name_of(body))
    return d.forms.base("identity");
  AstArena &arena = *d.context.arena;
  Node *arrow = arena.expr(Head::Arrow, {arena.expr(Head::Tuple, {pattern}, range), body}, range);
  return desugar_function(d, arrow);
}

Form *desugar_generator(Desugar &d, Node *node) {
  AstArena &arena = *d.context.arena;
  if (node->is_expr(Head::Flatten))
    return d.forms.call(iterators(d, "flatten", node->range), {desugar(d, node->arg(0))}, node->range);
  if (node->arg_count() < 2)
    return d.error(node->range, "malformed generator");
  Node *body = node->arg(0), *condition = nullptr;
  std::span<Node *> specs = node->args().subspan(1);
  if (specs.size() == 1 && specs[0]->is_expr(Head::Filter) && specs[0]->arg_count() > 1) {
    condition = specs[0]->arg(0);
    specs = specs[0]->args().subspan(1);
  }
  std::vector<Node *> patterns;
  std::vector<Form *> sources;
  for (Node *spec : specs) {
    if (!spec->is_expr(Head::Assign, 2))
      return d.error(spec->range, "invalid iteration specification");
    if (spec->arg(0)->is_expr(Head::Outer))
      return d.error(spec->range, "\"outer\" not allowed inside comprehension or generator");
    patterns.push_back(spec->arg(0));
    sources.push_back(desugar(d, spec->arg(1)));
  }
  Node *pattern = patterns.size() == 1 ? patterns[0] : arena.expr(Head::Tuple, patterns, node->range);
  Form *source = sources.size() == 1
                     ? sources[0]
                     : d.forms.call(iterators(d, "product", node->range), sources, node->range);
  if (condition)
    source = d.forms.call(iterators(d, "filter", node->range),
                          {element_function(d, pattern, condition, node->range), source}, node->range);
  Form *f = element_function(d, pattern, body, node->range);
  return d.forms.call(d.forms.base("Generator"), {f, source}, node->range);
}

Form *desugar_comprehension(Desugar &d, Node *node) {
  bool typed = node->is_expr(Head::TypedComprehension);
  if (node->arg_count() != (typed ? 2u : 1u))
    return d.error(node->range, "malformed comprehension");
  std::vector<Form *> args;
  if (typed)
    args.push_back(desugar(d, node->arg(0)));
  args.push_back(desugar(d, node->arg(typed)));
  return d.forms.call(d.forms.base("collect"), args, node->range);
}

} // namespace jl
