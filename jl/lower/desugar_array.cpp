// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"
#include "jl/runtime/values.h"

namespace jl {

static bool check_elements(Desugar &d, std::span<Node *const> elements) {
  for (Node *element : elements) {
    if (element->is_expr(Head::Parameters))
      return d.error(element->range, "unexpected semicolon in array expression"), false;
    if (element->is_expr(Head::Assign) || element->is_expr(Head::Kw))
      return d.error(element->range, "misplaced assignment statement in array expression"), false;
  }
  return true;
}

/// f(T, rest...) or f(rest...): the typed and plain versions of one literal.
static Form *concatenate(Desugar &d, std::string_view f, Node *type, std::span<Node *const> elements,
                         Range range) {
  if (!type)
    return call_with_splats(d, d.forms.base(f), elements, range);
  std::vector<Node *> args{type};
  args.insert(args.end(), elements.begin(), elements.end());
  return call_with_splats(d, d.forms.base("typed_" + std::string(f)), args, range);
}

static Form *tuple_of_counts(Desugar &d, std::span<const size_t> counts) {
  GcVector<Value *> values;
  for (size_t count : counts)
    values.push_back(box_int64(d.task(), int64_t(count)));
  return d.forms.constant(make_tuple(d.task(), values.data(), uint32_t(values.size())));
}

/// [a b; c d]
static Form *matrix(Desugar &d, Node *type, std::span<Node *const> rows, Range range) {
  std::vector<Node *> elements;
  std::vector<size_t> counts;
  bool splat = false;
  for (Node *row : rows) {
    size_t before = elements.size();
    if (row->is_expr(Head::Row))
      elements.insert(elements.end(), row->args().begin(), row->args().end());
    else
      elements.push_back(row);
    counts.push_back(elements.size() - before);
  }
  splat = has_splat(elements);
  if (!check_elements(d, elements))
    return d.forms.nothing();
  std::vector<Form *> args;
  if (type)
    args.push_back(desugar(d, type));
  std::string name = type ? "typed_hvcat" : "hvcat";
  if (splat) { // lengths are known at run time only
    size_t at = 0;
    for (size_t count : counts) {
      args.push_back(
          call_with_splats(d, d.forms.core("tuple"), std::span(elements).subspan(at, count), range));
      at += count;
    }
    return d.forms.call(d.forms.base(name + "_rows"), args, range);
  }
  args.push_back(tuple_of_counts(d, counts));
  for (Node *element : elements)
    args.push_back(desugar(d, element));
  return d.forms.call(d.forms.base(name), args, range);
}

namespace {

/// An array literal with `;;` and more, as a box of elements.
struct NestedLiteral {
  std::vector<size_t> dims; // [0] is the first dimension
  std::vector<Node *> elements;
  bool balanced = true;
  bool row_first = false;

  size_t &dim(size_t dimension) {
    if (dims.size() < dimension)
      dims.resize(dimension, 0);
    return dims[dimension - 1];
  }
  void note(size_t dimension, size_t count) {
    size_t &known = dim(dimension);
    balanced &= known == 0 || known == count;
    known = count;
  }
};

/// (ncat d ...), (nrow d ...) with a sensible d
bool is_counted(const Node *node) {
  return (node->is_expr(Head::NCat) || node->is_expr(Head::NRow)) && node->arg_count() &&
         node->arg(0)->kind == NodeKind::Integer && node->arg(0)->bits() - 1 < 64;
}

void collect(NestedLiteral &out, Node *node) {
  size_t dimension = 0, first = 0;
  if (node->is_expr(Head::Row)) {
    dimension = 2;
    out.row_first = true;
  } else if (node->is_expr(Head::NRow) || node->is_expr(Head::NCat)) {
    dimension = is_counted(node) ? size_t(node->arg(0)->bits()) : 0;
    first = 1;
  }
  if (dimension == 0) {
    out.elements.push_back(node);
    return;
  }
  out.note(dimension, node->arg_count() - first);
  size_t depth = 0;
  for (size_t i = first; i < node->arg_count(); i++) {
    // Siblings of different nesting make a ragged literal.
    Node *child = node->arg(i);
    size_t kind = child->is_expr(Head::Row) ? 2 : is_counted(child) ? 1000 + child->arg(0)->bits() : 1;
    out.balanced &= depth == 0 || depth == kind;
    depth = kind;
    collect(out, child);
  }
}

} // namespace

/// A literal of uneven shape, or with splats inside: each of its levels is put together by itself.
static Form *nested_levels(Desugar &d, Form *type, Node *node, Range range) {
  bool is_row = node->is_expr(Head::Row);
  if (!is_row && !is_counted(node))
    return desugar(d, node);
  std::vector<Form *> fixed{type ? d.forms.base("typed_hvncat") : d.forms.base("hvncat")};
  if (type)
    fixed.push_back(d.forms.again(type));
  fixed.push_back(is_row ? d.integer(2) : desugar(d, node->arg(0)));
  std::vector<Form *> groups, group(fixed.begin() + 1, fixed.end());
  bool spread = false;
  auto flush = [&] {
    if (!group.empty())
      groups.push_back(d.forms.call(d.forms.core("tuple"), group, range));
    group.clear();
  };
  for (Node *part : node->args().subspan(is_row ? 0 : 1)) {
    if (!part->is_expr(Head::Splat, 1)) {
      group.push_back(nested_levels(d, type, part, range));
      continue;
    }
    spread = true;
    flush();
    groups.push_back(desugar(d, part->arg(0)));
  }
  if (!spread)
    return d.forms.call(fixed[0], group, range);
  flush();
  groups.insert(groups.begin(), {d.forms.base("iterate"), fixed[0]});
  return d.forms.call(d.forms.core("_apply_iterate"), groups, range);
}

/// [a; b;; c; d ;;; ...]
static Form *nested(Desugar &d, Node *type, Node *literal, Range range) {
  if (!is_counted(literal))
    return d.error(range, "malformed array literal");
  NestedLiteral parts;
  collect(parts, literal);
  if (!check_elements(d, parts.elements))
    return d.forms.nothing();
  std::string name = type ? "typed_hvncat" : "hvncat";
  bool flat = true;
  for (size_t i = 1; i < literal->arg_count(); i++)
    flat &= !literal->arg(i)->is_expr(Head::Row) && !literal->arg(i)->is_expr(Head::NRow);
  if (has_splat(parts.elements) || (!flat && !parts.balanced)) {
    std::vector<Form *> items;
    Form *element = type ? d.atom(desugar(d, type), items) : nullptr;
    items.push_back(nested_levels(d, element, literal, range));
    return d.block(items, range);
  }
  std::vector<Form *> args;
  if (type)
    args.push_back(desugar(d, type));
  if (flat) {
    args.push_back(desugar(d, literal->arg(0)));
  } else {
    for (size_t &dim : parts.dims)
      dim = dim ? dim : 1;
    args.push_back(tuple_of_counts(d, parts.dims));
    args.push_back(d.forms.constant(bool_value(parts.row_first)));
  }
  std::vector<Form *> elements = desugar_all(d, parts.elements);
  args.insert(args.end(), elements.begin(), elements.end());
  return d.forms.call(d.forms.base(name), args, range);
}

Form *desugar_array(Desugar &d, Node *node) {
  bool typed =
      node->head == Head::TypedHCat || node->head == Head::TypedVCat || node->head == Head::TypedNCat;
  Node *type = typed ? node->arg(0) : nullptr;
  std::span<Node *> elements = node->args().subspan(typed);
  if (node->head == Head::NCat || node->head == Head::TypedNCat) {
    Node *literal = typed ? d.context.arena->expr(Head::NCat, elements, node->range) : node;
    return nested(d, type, literal, node->range);
  }
  if (!check_elements(d, elements))
    return d.forms.nothing();
  if (node->head == Head::Vect)
    return call_with_splats(d, d.forms.base("vect"), elements, node->range);
  if (node->head == Head::HCat || node->head == Head::TypedHCat)
    return concatenate(d, "hcat", type, elements, node->range);
  for (Node *element : elements)
    if (element->is_expr(Head::Row))
      return matrix(d, type, elements, node->range);
  return concatenate(d, "vcat", type, elements, node->range);
}

} // namespace jl
