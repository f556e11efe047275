// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"

namespace jl {

/// Does `end` or `begin` occur where it would mean this indexing's?
static bool mentions_end(const Node *node) {
  if (node->is_identifier())
    return node->symbol().text() == "end" || node->symbol().text() == "begin";
  if (!node->is_expr() || node->is_expr(Head::Quote))
    return false;
  size_t first = node->is_expr(Head::Ref) ? 1 : 0; // a[b[end]]: the inner one's
  if (first)
    return mentions_end(node->arg(0));
  for (Node *arg : node->args())
    if (mentions_end(arg))
      return true;
  return false;
}

/// Is there a function in the indices that may capture the array?
static bool needs_variable(std::span<Node *const> indices) {
  for (Node *node : indices)
    if (mentions_end(node))
      return true;
  return false;
}

/// The array as something to mention again. A local variable rather than a temporary where `end` may stand in
/// a closure.
static Form *array_atom(Desugar &d, Form *array, bool used_by_end, std::vector<Form *> &before) {
  if (is_atom(array) || !used_by_end)
    return d.atom(array, before);
  Name name = d.fresh_name();
  before.push_back(d.forms.make(FormKind::LocalDecl, array->range, {d.forms.name(name)}));
  before.push_back(d.forms.assign(d.forms.name(name), array));
  return d.forms.name(name);
}

IndexParts index_parts(Desugar &d, Node *ref, std::vector<Form *> &before, bool as_atoms) {
  std::span<Node *> nodes = ref->args().subspan(1);
  IndexParts parts;
  bool uses_end = needs_variable(nodes);
  parts.array = desugar(d, ref->arg(0));
  if (uses_end || as_atoms)
    parts.array = array_atom(d, parts.array, uses_end, before);
  IndexContext context{parts.array, 0, uint32_t(nodes.size()), {}};
  for (Node *node : nodes) {
    bool splat = node->is_expr(Head::Splat, 1);
    if (node->is_expr(Head::Kw) || node->is_expr(Head::Parameters) || node->is_expr(Head::Assign)) {
      d.error(node->range, "misplaced assignment or keyword argument in indexing");
      continue;
    }
    context.position++;
    d.indices.push_back(context);
    Form *index = desugar(d, splat ? node->arg(0) : node);
    d.indices.pop_back();
    if (as_atoms || (splat && uses_end))
      index = d.atom(index, before);
    if (splat) {
      context.splats.push_back(index);
      context.position--;
    }
    parts.indices.push_back(index);
    parts.is_splat.push_back(splat);
  }
  return parts;
}

Form *index_call(Desugar &d, Form *f, const IndexParts &parts, Form *value, Range range) {
  bool any = false;
  for (bool splat : parts.is_splat)
    any |= splat;
  std::vector<Form *> fixed{d.forms.again(parts.array)};
  if (value)
    fixed.push_back(value);
  if (!any) {
    for (Form *index : parts.indices)
      fixed.push_back(is_atom(index) ? d.forms.again(index) : index);
    return d.forms.call(f, fixed, range);
  }
  std::vector<Form *> groups{d.forms.base("iterate"), f, d.forms.call(d.forms.core("tuple"), fixed, range)};
  for (size_t i = 0; i < parts.indices.size(); i++) {
    Form *index = is_atom(parts.indices[i]) ? d.forms.again(parts.indices[i]) : parts.indices[i];
    groups.push_back(parts.is_splat[i] ? index : d.forms.call(d.forms.core("tuple"), {index}, range));
  }
  return d.forms.call(d.forms.core("_apply_iterate"), groups, range);
}

/// a[i, j], and T[x, y] alike: getindex decides.
Form *desugar_ref(Desugar &d, Node *node) {
  std::vector<Form *> before;
  IndexParts parts = index_parts(d, node, before, false);
  if (!is_atom(parts.array) && parts.indices.empty())
    return d.forms.call(d.forms.base("getindex"), {parts.array}, node->range);
  if (!is_atom(parts.array)) { // evaluated once, in place
    bool any = false;
    for (bool splat : parts.is_splat)
      any |= splat;
    if (any)
      parts.array = d.atom(parts.array, before);
  }
  Form *call = index_call(d, d.forms.base("getindex"), parts, nullptr, node->range);
  if (before.empty())
    return call;
  before.push_back(call);
  return d.block(before, node->range);
}

/// `end`: lastindex(a), or lastindex(a, n) among several; splats before it count by their length.
Form *desugar_end(Desugar &d, Node *node, std::string_view function) {
  IndexContext context = d.indices.back();
  Form *array = d.forms.again(context.array);
  if (context.count == 1)
    return d.forms.call(d.forms.base(function), {array}, node->range);
  Form *position = d.integer(context.position);
  for (Form *splat : context.splats) {
    Form *length = d.forms.call(d.forms.base("length"), {d.forms.again(splat)}, node->range);
    position = d.forms.call(d.forms.base("+"), {position, length}, node->range);
  }
  return d.forms.call(d.forms.base(function), {array, position}, node->range);
}

} // namespace jl
