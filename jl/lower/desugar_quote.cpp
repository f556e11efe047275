// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"

namespace jl {

static bool has_interpolation(const Node *node, unsigned level) {
  if (node->kind == NodeKind::Quote)
    return has_interpolation(node->quoted(), level);
  if (!node->is_expr())
    return false;
  if (node->is_expr(Head::Dollar)) {
    if (level == 1)
      return true;
    level--;
  } else if (node->is_expr(Head::Quote)) {
    level++;
  }
  for (const Node *arg : node->args())
    if (has_interpolation(arg, level))
      return true;
  return false;
}

static Form *quoted_constant(Desugar &d, Node *node) {
  Value *value = node_to_value(d.task(), node, *d.context.sources);
  if (!node->is_expr())
    return d.forms.constant(value, node->range);
  Form *form = d.forms.make(FormKind::CopyAst, node->range); // each evaluation gives a tree of its own
  form->value = value;
  return form;
}

namespace {
struct Piece {
  Form *form;
  bool spread;
};
} // namespace

static Form *build(Desugar &d, Node *node, unsigned level);

static void build_argument(Desugar &d, Node *arg, unsigned level, std::vector<Piece> &out) {
  if (!arg->is_expr(Head::Dollar) || level != 1) {
    out.push_back({build(d, arg, level), false});
    return;
  }
  for (Node *inner : arg->args()) {
    bool spread = inner->is_expr(Head::Splat, 1);
    out.push_back({desugar(d, spread ? inner->arg(0) : inner), spread});
  }
}

/// Code that makes the tree of `node`, with what `$` brings back to level 0 evaluated.
static Form *build(Desugar &d, Node *node, unsigned level) {
  if (!has_interpolation(node, level))
    return quoted_constant(d, node);
  if (node->kind == NodeKind::Quote) {
    Form *inner = build(d, node->quoted(), level);
    return d.forms.make(FormKind::New, node->range, {d.forms.core("QuoteNode"), inner});
  }
  if (node->is_expr(Head::Dollar) && level == 1) {
    if (node->arg_count() == 1 && !node->arg(0)->is_expr(Head::Splat))
      return desugar(d, node->arg(0));
    return d.error(node->range, "\"...\" expression outside call: interpolate it into a list");
  }
  unsigned inner = node->is_expr(Head::Quote) ? level + 1 : node->is_expr(Head::Dollar) ? level - 1 : level;
  std::vector<Piece> pieces{{d.forms.symbol(node->head_name()), false}};
  for (Node *arg : node->args())
    build_argument(d, arg, inner, pieces);
  bool spread = false;
  std::vector<Form *> args;
  for (const Piece &piece : pieces) {
    spread |= piece.spread;
    args.push_back(piece.form);
  }
  if (!spread)
    return d.forms.call(d.forms.core("Expr"), args, node->range);
  std::vector<Form *> groups{d.forms.base("iterate"), d.forms.core("Expr")};
  for (const Piece &piece : pieces)
    groups.push_back(piece.spread ? piece.form
                                  : d.forms.call(d.forms.core("tuple"), {piece.form}, node->range));
  return d.forms.call(d.forms.core("_apply_iterate"), groups, node->range);
}

Form *desugar_quote(Desugar &d, Node *node) {
  if (node->arg_count() != 1)
    return d.error(node->range, "malformed quote");
  if (node->is_expr(Head::CopyAst))
    return desugar(d, node->arg(0));
  return build(d, node->arg(0), 1);
}

static void apply_meta(Lambda *lambda, std::string_view what) {
  if (what == "inline")
    lambda->declared_inline = true;
  else if (what == "noinline")
    lambda->declared_noinline = true;
  else if (what == "propagate_inbounds")
    lambda->propagate_inbounds = lambda->declared_inline = true;
  else if (what == "constprop:aggressive" || what == "aggressive_constprop")
    lambda->constprop_aggressive = true;
  else if (what == "constprop:none" || what == "no_constprop")
    lambda->constprop_none = true;
  else if (what == "effect:foldable")
    lambda->assume_foldable = lambda->assume_terminates = true;
  else if (what == "effect:total")
    lambda->assume_foldable = lambda->assume_terminates = lambda->assume_nothrow = true;
  else if (what == "effect:nothrow")
    lambda->assume_nothrow = true;
  else if (what == "effect:terminates_globally" || what == "effect:terminates_locally")
    lambda->assume_terminates = true;
}

/// Declarations about the function around; others mean nothing here.
Form *desugar_meta(Desugar &d, Node *node) {
  if (node->arg_count() && node->arg(0)->is_identifier() && !d.lambda->is_toplevel)
    apply_meta(d.lambda, node->arg(0)->symbol().text());
  return d.forms.nothing();
}

} // namespace jl
