// SPDX-License-Identifier: MIT
// Dot calls. A tree of them fuses: inner ones are lazy Base.broadcasted(f, args...), and the outermost is
// materialised once, into a new array or, for `.=`, into the target.
#include "jl/lower/desugar.h"

namespace jl {

static bool is_dot_operator(const Node *node) {
  if (!node->is_identifier())
    return false;
  std::string_view text = node->symbol().text();
  return text.size() > 1 && text[0] == '.' && text[1] != '.';
}

bool is_dot_call(const Node *node) {
  if (node->is_expr(Head::Call))
    return node->arg_count() > 1 && is_dot_operator(node->arg(0));
  if (node->is_expr(Head::Dot, 2))
    return node->arg(1)->is_expr(Head::Tuple);
  if (node->is_expr(Head::Comparison)) {
    for (size_t i = 1; i < node->arg_count(); i += 2)
      if (is_dot_operator(node->arg(i)))
        return true;
    return false;
  }
  return node->is_expr(Head::DotAndAnd) || node->is_expr(Head::DotOrOr);
}

static Form *lazy(Desugar &d, Node *node);

/// An argument: a nested dot call stays lazy.
static Form *lazy_argument(Desugar &d, Node *node) {
  return is_dot_call(node) ? lazy(d, node) : desugar(d, node);
}

static Form *broadcasted(Desugar &d, Form *f, std::span<Node *const> args, Range range) {
  std::vector<Form *> plain{f};
  bool spread = false;
  for (Node *arg : args)
    spread |= arg->is_expr(Head::Splat);
  if (!spread) {
    for (Node *arg : args)
      plain.push_back(lazy_argument(d, arg));
    return d.forms.call(d.forms.base("broadcasted"), plain, range);
  }
  std::vector<Form *> groups{d.forms.base("iterate"), d.forms.base("broadcasted"),
                             d.forms.call(d.forms.core("tuple"), {f}, range)};
  for (Node *arg : args)
    groups.push_back(arg->is_expr(Head::Splat, 1)
                         ? desugar(d, arg->arg(0))
                         : d.forms.call(d.forms.core("tuple"), {lazy_argument(d, arg)}, range));
  return d.forms.call(d.forms.core("_apply_iterate"), groups, range);
}

static Form *operator_form(Desugar &d, const Node *dotted) {
  Name name{Symbol::intern(dotted->symbol().text().substr(1)), layer_of(dotted)};
  return d.forms.name(name, dotted->range);
}

/// x .^ 2
static Form *lazy_literal_power(Desugar &d, Node *node) {
  Form *type =
      d.forms.call(d.forms.core("apply_type"), {d.forms.base("Val"), desugar(d, node->arg(2))}, node->range);
  std::vector<Form *> args{d.forms.base("literal_pow"), operator_form(d, node->arg(0)),
                           lazy_argument(d, node->arg(1)), d.forms.make(FormKind::New, node->range, {type})};
  return d.forms.call(d.forms.base("broadcasted"), args, node->range);
}

/// f.(args; keywords)
static Form *lazy_call(Desugar &d, Node *node) {
  std::span<Node *> args = node->arg(1)->args();
  std::vector<Node *> positional, keywords;
  for (Node *arg : args) {
    if (arg->is_expr(Head::Parameters))
      keywords.insert(keywords.end(), arg->args().begin(), arg->args().end());
    else if (arg->is_expr(Head::Kw) || arg->is_expr(Head::Assign))
      keywords.push_back(arg);
    else
      positional.push_back(arg);
  }
  Form *f = desugar(d, node->arg(0));
  if (keywords.empty())
    return broadcasted(d, f, positional, node->range);
  Form *named = desugar_named_tuple(d, keywords, node->range);
  std::vector<Form *> all{named, d.forms.base("broadcasted_kwsyntax"), f};
  for (Node *arg : positional)
    all.push_back(lazy_argument(d, arg));
  return d.forms.call(d.forms.core("kwcall"), all, node->range);
}

/// a .< b .< c is (a .< b) .& (b .< c).
static Form *lazy_comparison(Desugar &d, Node *node) {
  std::span<Node *> args = node->args();
  std::vector<Form *> before;
  Form *result = nullptr;
  Form *left = lazy_argument(d, args[0]);
  for (size_t i = 1; i + 1 < args.size(); i += 2) {
    Form *right = lazy_argument(d, args[i + 1]);
    bool last = i + 2 >= args.size();
    if (!last) {
      left = d.atom(left, before);
      right = d.atom(right, before);
    }
    Form *op = is_dot_operator(args[i]) ? operator_form(d, args[i]) : desugar(d, args[i]);
    Form *link = d.forms.call(d.forms.base("broadcasted"), {op, left, right}, node->range);
    result = result
                 ? d.forms.call(d.forms.base("broadcasted"), {d.forms.base("&"), result, link}, node->range)
                 : link;
    left = d.forms.again(right);
  }
  before.push_back(result);
  return d.block(before, node->range);
}

static Form *lazy(Desugar &d, Node *node) {
  if (node->is_expr(Head::Comparison))
    return lazy_comparison(d, node);
  if (node->is_expr(Head::Dot))
    return lazy_call(d, node);
  if (node->is_expr(Head::DotAndAnd) || node->is_expr(Head::DotOrOr))
    return broadcasted(d, d.forms.base(node->head == Head::DotAndAnd ? "andand" : "oror"), node->args(),
                       node->range);
  std::span<Node *> args = node->args();
  if (args.size() == 3 && args[0]->symbol().text() == ".^" && args[2]->kind == NodeKind::Integer)
    return lazy_literal_power(d, node);
  return broadcasted(d, operator_form(d, args[0]), args.subspan(1), node->range);
}

Form *desugar_broadcast(Desugar &d, Node *node) {
  return d.forms.call(d.forms.base("materialize"), {lazy(d, node)}, node->range);
}

/// What `.=` writes into: a view of the indexed part, not a copy of it.
static Form *broadcast_target(Desugar &d, Node *lhs, std::vector<Form *> &before) {
  if (!lhs->is_expr(Head::Ref) || lhs->arg_count() == 0)
    return desugar(d, lhs);
  IndexParts parts = index_parts(d, lhs, before, true);
  return index_call(d, d.forms.base("dotview"), parts, nullptr, lhs->range);
}

Form *desugar_broadcast_assign(Desugar &d, Node *lhs, Node *rhs, Range range) {
  std::vector<Form *> items;
  if (lhs->is_expr(Head::Tuple))
    return d.error(lhs->range, "invalid assignment location: `.=` writes into one array");
  Form *target = broadcast_target(d, lhs, items);
  Form *value = is_dot_call(rhs) ? lazy(d, rhs)
                                 : d.forms.call(d.forms.base("broadcasted"),
                                                {d.forms.base("identity"), desugar(d, rhs)}, range);
  items.push_back(d.forms.call(d.forms.base("materialize!"), {target, value}, range));
  return d.block(items, range);
}

} // namespace jl
