// SPDX-License-Identifier: MIT
// import, using, export, public.
#include "jl/syntax/parser.h"

namespace jl {

// import A, B.C     import A: x, y as z     import A as B
Node *Parser::parse_import(Head head) {
  Token word = token_;
  bump();
  skip_newlines();
  bool is_import = head == Head::Import;
  Node *first = parse_import_item(is_import);
  NodeList list(*this);
  list.push(first);
  bool named = at_op(Op::Colon);
  if (named) {
    if (first->is_expr(Head::As))
      fail_here("`as` cannot rename a module whose names are listed");
    bump();
    skip_newlines();
    list.push(parse_import_item(true));
  }
  while (accept(Tok::Comma)) {
    skip_newlines();
    list.push(parse_import_item(is_import || named));
  }
  if (!named)
    return make(head, word.begin, list.span());
  Node *names = make(Head::Colon, begin_of(first), list.span());
  return make(head, word.begin, {names});
}

Node *Parser::parse_import_item(bool allow_as) {
  Node *path = parse_import_path();
  if (!at_word("as"))
    return path;
  if (!allow_as)
    fail_here("`using` cannot rename a module; write `import A as B`, or `using A: x as y`");
  bump();
  Node *alias = parse_import_name();
  return make(Head::As, begin_of(path), {path, alias});
}

// Expr(:., :A, :B); leading dots are symbols of their own.
Node *Parser::parse_import_path() {
  uint32_t begin = token_.begin;
  NodeList path(*this);
  parse_leading_dots(path);
  path.push(parse_import_name());
  for (;;) {
    bool glued = adjacent() && !at(Tok::Newline);
    if (glued && token_.has(kDotted)) { // `A.==` is lexed as the operator `.==`
      resume_at(token_.begin + 1);
      path.push(parse_import_name());
    } else if (glued && token_.kind == Tok::Dot) {
      bump();
      path.push(parse_import_name());
    } else if (glued && token_.is(Op::Splat)) { // `A...`: the operator `..` of A
      path.push(arena_.identifier("..", range(token_.begin + 1, token_.end)));
      bump();
    } else {
      break;
    }
  }
  return make(Head::Dot, begin, path.span());
}

void Parser::parse_leading_dots(NodeList &path) {
  for (;;) {
    size_t dots = 0;
    if (token_.kind == Tok::Dot)
      dots = 1;
    else if (token_.is(Op::DotDot))
      dots = 2;
    else if (token_.is(Op::Splat))
      dots = 3;
    else if (token_.has(kDotted))
      dots = 1;
    if (dots == 0 || at(Tok::Newline))
      return;
    uint32_t begin = token_.begin;
    for (size_t i = 0; i < dots; ++i)
      path.push(arena_.identifier(".", range(begin + i, begin + i + 1)));
    resume_at(begin + dots);
  }
}

Node *Parser::parse_import_name() {
  uint32_t begin = token_.begin;
  if (at(Tok::At)) {
    bump();
    return parse_macro_name();
  }
  if (at_op(Op::Dollar))
    return parse_unary_prefix();
  if (at_op(Op::Colon) || at(Tok::LParen)) { // A.:+ and A.(:+)
    Node *node = at(Tok::LParen) ? parse_paren() : parse_colon();
    if (node->kind != NodeKind::Quote)
      fail(range_from(begin), "expected a name in an import");
    return node->quoted();
  }
  bool op = at(Tok::Op) && !op_info(token_.op).is(kWord);
  if (!op)
    return parse_word();
  bool value = !op_info(token_.op).is(kSyntactic) || token_.is(Op::Subtype) || token_.is(Op::Supertype);
  if (!value)
    fail_here("expected a name in an import, found " + describe(token_));
  Node *name = make_op_name(token_);
  bump();
  return name;
}

Node *Parser::parse_export(Head head) {
  Token word = token_;
  bump();
  NodeList list(*this);
  do {
    skip_newlines();
    list.push(parse_export_name());
  } while (accept(Tok::Comma));
  return make(head, word.begin, list.span());
}

Node *Parser::parse_export_name() {
  if (at(Tok::LParen)) {
    Node *node = parse_paren();
    if (!node->is_identifier() && !node->is_expr(Head::Dollar))
      fail(node->range, "expected a name to export");
    return node;
  }
  if (at_op(Op::Colon)) {
    Node *colon = parse_colon();
    if (!colon->is_identifier())
      fail(colon->range, "expected a name to export, without `:`");
    return colon;
  }
  return parse_import_name();
}

} // namespace jl
