// SPDX-License-Identifier: MIT
// [...] and {...}: vectors, comprehensions, and concatenation, where blanks, line ends and runs of
// semicolons separate.
//
// Separators have a rank: a blank 0, a line end or `;` 1, `;;` 2 and so on. The elements are split at
// separators of the highest rank, and the pieces in turn: rank 0 makes a row, others an nrow of that rank.
#include "jl/syntax/parser.h"

#include <algorithm>

namespace jl {

namespace {
constexpr int kEnd = -1;
constexpr int kMaxRank = 255;

Head pick(bool typed, Head with_type, Head without) {
  return typed ? with_type : without;
}
} // namespace

// The opener is taken. With `type` the result is an index or a typed array, `T[...]`.
Node *Parser::parse_vect_or_cat(Node *type, uint32_t begin, Tok closer) {
  Nesting nesting(*this);
  uint32_t opener = previous_end_ - 1;
  Context context = context_;
  context.range_colon = context.space_sensitive = context.where_enabled = context.in_generator = true;
  context.newline_is_blank = false;
  ScopedContext scope(*this, context);
  skip_newlines();
  if (at(closer))
    return parse_vect_rest(type, nullptr, begin, opener, closer);
  if (at(Tok::Semicolon))
    return parse_empty_cat(type, begin, opener, closer);
  if (token_.kind == Tok::Eof)
    expect_closer(opener, closer);
  Node *first = parse_eq_item();
  if (token_.kind == Tok::Comma || token_.kind == closer)
    return parse_vect_rest(type, first, begin, opener, closer);
  if (token_.kind == Tok::KwFor)
    return parse_comprehension_rest(type, first, begin, opener, closer);
  return parse_cat_rest(type, first, begin, opener, closer);
}

void Parser::expect_closer(uint32_t opener, Tok closer) {
  skip_newlines();
  if (accept(closer))
    return;
  std::string_view source = file_.text;
  fail_unclosed(range(opener, opener + 1), source.substr(opener, 1), closer == Tok::RBracket ? "]" : "}");
}

// Elements with commas, or just one, or none.
Node *Parser::parse_vect_rest(Node *type, Node *first, uint32_t begin, uint32_t opener, Tok closer) {
  skip_newlines();
  NodeList list(*this);
  if (first) {
    list.push(first);
    accept(Tok::Comma);
  }
  Group group = parse_group(list, opener, closer);
  if (type)
    return finish_arguments(Head::Ref, type, group, list, begin, Kw::Convert, Kw::Keep);
  Head head = closer == Tok::RBracket ? Head::Vect : Head::Braces;
  return finish_arguments(head, nullptr, group, list, begin, Kw::Keep, Kw::Keep);
}

Node *Parser::parse_comprehension_rest(Node *type, Node *first, uint32_t begin, uint32_t opener, Tok closer) {
  Node *generator;
  {
    Context context = context_;
    context.newline_is_blank = true;
    context.space_sensitive = false;
    ScopedContext scope(*this, context);
    generator = parse_generator(first);
    expect_closer(opener, closer);
  }
  if (closer == Tok::RBrace)
    return make(Head::Braces, begin, {generator});
  if (type)
    return make(Head::TypedComprehension, begin, {type, generator});
  return make(Head::Comprehension, begin, {generator});
}

// [;;] is an array without elements, of two dimensions.
Node *Parser::parse_empty_cat(Node *type, uint32_t begin, uint32_t opener, Tok closer) {
  Node *rank = arena_.int64(count_semicolons());
  expect_closer(opener, closer);
  return type ? make(Head::TypedNCat, begin, {type, rank}) : make(Head::NCat, begin, {rank});
}

int Parser::count_semicolons() {
  int count = 0;
  do {
    ++count;
    bump();
  } while (at(Tok::Semicolon) && adjacent());
  if (count > kMaxRank)
    fail_here("too many semicolons in an array");
  return count;
}

Node *Parser::parse_cat_rest(Node *type, Node *first, uint32_t begin, uint32_t opener, Tok closer) {
  std::vector<Node *> items{first};
  std::vector<int> separators;
  bool rows = false, columns = false;
  for (;;) {
    if (token_.kind == Tok::Eof)
      expect_closer(opener, closer);
    int rank = parse_separator(closer, rows, columns);
    if (rank != kEnd)
      separators.push_back(rank);
    if (rank == kEnd || token_.kind == closer)
      break;
    if (rows && columns)
      fail_here("blanks and `;;` cannot both separate columns of an array");
    items.push_back(parse_eq_item());
  }
  expect_closer(opener, closer);
  return make_cat(type, items, separators, begin, closer);
}

// The rank of what separates two elements, or kEnd before the closer.
int Parser::parse_separator(Tok closer, bool &rows, bool &columns) {
  bool newline = at(Tok::Newline);
  skip_newlines();
  if (at(closer))
    return kEnd;
  if (at(Tok::Semicolon)) {
    int rank = count_semicolons();
    bool continues = rank == 2 && rows && at(Tok::Newline); // `;;` at a line's end joins it to the next
    skip_newlines();
    if (continues)
      return 0;
    columns |= rank == 2;
    return rank;
  }
  if (newline)
    return 1;
  if (at(Tok::Comma))
    fail_here("unexpected `,` in a matrix");
  if (adjacent() || at_closing())
    fail_here("expected `]` or a separator, found " + describe(token_));
  rows = true;
  return 0;
}

// `separators` has one more element than stand between items when the array ends in a separator.
Node *Parser::make_cat(Node *type, std::span<Node *const> items, std::span<const int> separators,
                       uint32_t begin, Tok closer) {
  int rank = separators.empty() ? 0 : *std::max_element(separators.begin(), separators.end());
  separators = separators.first(items.size() - 1);
  NodeList list(*this);
  if (closer == Tok::RBrace) {
    if (rank == 1)
      split_items(list, items, separators, rank);
    else
      list.push(group_items(items, separators));
    return make(Head::BracesCat, begin, list.span());
  }
  bool typed = type != nullptr;
  if (typed)
    list.push(type);
  if (rank >= 2)
    list.push(arena_.int64(rank));
  split_items(list, items, separators, rank);
  Head head = rank == 0   ? pick(typed, Head::TypedHCat, Head::HCat)
              : rank == 1 ? pick(typed, Head::TypedVCat, Head::VCat)
                          : pick(typed, Head::TypedNCat, Head::NCat);
  return make(head, begin, list.span());
}

void Parser::split_items(NodeList &out, std::span<Node *const> items, std::span<const int> separators,
                         int rank) {
  size_t begin = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i + 1 < items.size() && separators[i] != rank)
      continue;
    out.push(group_items(items.subspan(begin, i + 1 - begin), separators.subspan(begin, i - begin)));
    begin = i + 1;
  }
}

Node *Parser::group_items(std::span<Node *const> items, std::span<const int> separators) {
  if (items.size() == 1)
    return items[0];
  int rank = *std::max_element(separators.begin(), separators.end());
  NodeList list(*this);
  if (rank > 0)
    list.push(arena_.int64(rank));
  split_items(list, items, separators, rank);
  return make(rank == 0 ? Head::Row : Head::NRow, begin_of(items[0]), list.span());
}

} // namespace jl
