// SPDX-License-Identifier: MIT
// Parentheses: argument lists, tuples, blocks, grouping; and generators.
#include "jl/syntax/parser.h"

namespace jl {

namespace {

std::string_view closer_text(Tok closer) {
  return closer == Tok::RParen ? ")" : closer == Tok::RBracket ? "]" : "}";
}

} // namespace

// Elements up to `closer`, which is taken or left. The opener lies at offset `opener`, already taken.
Parser::Group Parser::parse_group(NodeList &list, uint32_t opener, Tok closer, Closer what) {
  Context context = context_;
  context.range_colon = context.newline_is_blank = context.where_enabled = context.in_generator = true;
  context.space_sensitive = false;
  ScopedContext scope(*this, context);
  Group group;
  while (!at(closer)) {
    if (accept(Tok::Semicolon)) {
      group.initial_semicolon |= list.empty() && group.semicolons == 0;
      ++group.semicolons;
      group.parts.push_back(list.size());
      continue;
    }
    parse_group_element(list, group, opener, closer);
  }
  if (what == Closer::Take)
    bump();
  return group;
}

void Parser::parse_group_element(NodeList &list, Group &group, uint32_t opener, Tok closer) {
  Range bracket = range(opener, opener + 1);
  std::string_view text = file_.text;
  if (token_.kind == Tok::Eof)
    fail_unclosed(bracket, text.substr(opener, 1), closer_text(closer));
  Node *element = parse_eq_item();
  if (at(Tok::KwFor)) {
    element = parse_generator(element);
    group.generator = true;
  }
  group.splat |= element->is_expr(Head::Splat);
  list.push(element);
  if (accept(Tok::Comma))
    group.commas = true;
  else if (token_.kind == Tok::Eof)
    fail_unclosed(bracket, text.substr(opener, 1), closer_text(closer));
  else if (!at(Tok::Semicolon) && !at(closer))
    fail_here("expected `,` or `" + std::string(closer_text(closer)) + "`, found " + describe(token_));
}

// Expr(:parameters, ...) of what stands behind semicolons; each further part nests in front of the one
// before. Leaves the positional elements in the list. Null when there is no semicolon.
Node *Parser::fold_parameters(const Group &group, NodeList &list, Kw kw) {
  Node *folded = nullptr;
  for (size_t i = group.parts.size(); i-- > 0;) {
    size_t first = group.parts[i];
    NodeList part(*this);
    if (folded)
      part.push(folded);
    size_t end = i + 1 < group.parts.size() ? group.parts[i + 1] : list.size();
    for (size_t k = first; k < end; ++k)
      part.push(kw == Kw::Convert ? to_kw(list[k]) : list[k]);
    uint32_t begin = first < end ? begin_of(list[first]) : previous_end_;
    folded = make(Head::Parameters, begin, part.span());
  }
  if (!group.parts.empty())
    list.truncate(group.parts[0]);
  return folded;
}

Node *Parser::to_kw(Node *node) {
  if (node->is_expr(Head::Assign, 2))
    node->head = Head::Kw;
  return node;
}

// Expr(head, first, parameters, positional...), without what is null.
Node *Parser::finish_arguments(Head head, Node *first, const Group &group, NodeList &list, uint32_t begin,
                               Kw positional, Kw parameters) {
  Node *folded = fold_parameters(group, list, parameters);
  NodeList all(*this);
  if (first)
    all.push(first);
  if (folded)
    all.push(folded);
  for (size_t i = 0; i < list.size(); ++i)
    all.push(positional == Kw::Convert ? to_kw(list[i]) : list[i]);
  return make(head, begin, all.span());
}

// --- (...) as a value

Node *Parser::mark_parens(Node *node) {
  node->flags |= kFlagParens;
  return node;
}

Node *Parser::parse_paren() {
  uint32_t begin = token_.begin;
  NodeList list(*this);
  bump();
  Group group = parse_group(list, begin, Tok::RParen);
  return finish_paren(group, list, begin);
}

Node *Parser::finish_paren(const Group &group, NodeList &list, uint32_t begin) {
  bool empty = list.empty() && group.semicolons == 0;
  bool named = group.initial_semicolon && (group.semicolons == 1 || !list.empty());
  bool tuple = group.commas || empty || named || (group.splat && group.semicolons > 0);
  if (group.generator && (list.size() > 1 || group.semicolons > 0))
    fail(list[0]->range, "a generator must stand alone in its parentheses");
  if (tuple)
    return mark_parens(finish_arguments(Head::Tuple, nullptr, group, list, begin, Kw::Keep, Kw::Convert));
  if (group.semicolons > 0)
    return mark_parens(make_paren_block(list, begin));
  Node *inner = list[0];
  inner->range = range_from(begin);
  return mark_parens(inner);
}

// (a; b): line numbers stand between the statements, not before the first.
Node *Parser::make_paren_block(NodeList &list, uint32_t begin) {
  NodeList block(*this);
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0)
      block.push(line_node(begin_of(list[i])));
    block.push(list[i]);
  }
  return make(Head::Block, begin, block.span());
}

// --- Generators

// element for i in a, j in b if c for k in d ...: each further `for` is the inner loop, and flattened.
Node *Parser::parse_generator(Node *element) {
  uint32_t begin = begin_of(element);
  std::vector<std::vector<Node *>> clauses;
  while (accept(Tok::KwFor)) {
    NodeList list(*this);
    parse_iterations_into(list);
    if (accept(Tok::KwIf)) {
      uint32_t first = begin_of(list[0]);
      Node *condition = parse_condition();
      std::vector<Node *> filter{condition};
      filter.insert(filter.end(), list.span().begin(), list.span().end());
      clauses.push_back({make(Head::Filter, first, std::span<Node *const>(filter))});
    } else {
      clauses.emplace_back(list.span().begin(), list.span().end());
    }
  }
  Node *result = element;
  for (size_t i = clauses.size(); i-- > 0;) {
    bool innermost = result == element;
    clauses[i].insert(clauses[i].begin(), result);
    result = make(Head::Generator, begin, std::span<Node *const>(clauses[i]));
    if (!innermost)
      result = make(Head::Flatten, begin, {result});
  }
  return result;
}

void Parser::parse_iterations_into(NodeList &list) {
  do {
    skip_newlines();
    list.push(parse_iteration());
  } while (accept(Tok::Comma));
}

Node *Parser::parse_iteration() {
  Node *variable = parse_iteration_variable();
  uint32_t begin = begin_of(variable);
  if (!at_op(Op::Assign) && !at_op(Op::In) && !at_op(Op::ElementOf))
    fail_here("expected `in` or `=` in a loop's header, found " + describe(token_));
  bump();
  Node *iterable = parse_binary(Level::PipeLeft);
  return make(Head::Assign, begin, {variable, iterable});
}

// `outer i` assigns the variable of the enclosing scope.
Node *Parser::parse_iteration_variable() {
  uint32_t begin = token_.begin;
  bool outer = false;
  if (at_word("outer")) {
    Token next = peek_next();
    outer = next.kind == Tok::Identifier || (next.kind == Tok::LParen && next.has(kSpaceBefore));
  }
  Context context = context_;
  context.space_sensitive = true;
  ScopedContext scope(*this, context);
  if (!outer)
    return parse_binary(Level::PipeLeft);
  bump();
  Node *variable = parse_binary(Level::PipeLeft);
  return make(Head::Outer, begin, {variable});
}

} // namespace jl
