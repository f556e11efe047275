// SPDX-License-Identifier: MIT
// Functions, macros, types, and declarations of variables.
#include "jl/syntax/parser.h"

namespace jl {

// --- Functions

// With a body, or only a name: `function f end`.
Node *Parser::parse_function(Head head) {
  Token opener = token_;
  bump();
  skip_newlines();
  if (token_.kind == Tok::Eof)
    fail_unclosed(range(opener.begin, opener.end), text(opener), "end");
  Node *signature = parse_signature();
  bool has_arguments = is_eventually_call(signature) || signature->is_expr(Head::Tuple) ||
                       signature->is_expr(Head::Splat) || signature->is_expr(Head::Where) ||
                       signature->is_expr(Head::Declare) || signature->is_expr(Head::MacroCall);
  if (!has_arguments) {
    if (token_.kind != Tok::KwEnd && token_.kind != Tok::Eof)
      fail(signature->range,
           "a " + std::string(text(opener)) + "'s name needs an argument list, or `end` behind it");
    expect_end(opener);
    return make(head, opener.begin, {signature});
  }
  Node *body = parse_block(previous_end_, line_node(opener.begin));
  expect_end(opener);
  return make(head, opener.begin, {signature, body});
}

Node *Parser::parse_signature() {
  if (token_.kind == Tok::LParen)
    return parse_paren_signature();
  Node *name;
  if (is_keyword(token_.kind))
    fail_here("`" + std::string(text(token_)) + "` cannot be a function's name");
  if (token_.kind == Tok::Op && !token_.is(Op::Dollar) && !token_.is(Op::Declare))
    name = parse_operator_atom();
  else
    name = parse_unary_prefix();
  return parse_signature_tail(parse_call_chain(name));
}

// f(x)::T where S
Node *Parser::parse_signature_tail(Node *signature) {
  if (accept_op(Op::Declare)) {
    Node *type = parse_call();
    signature = make(Head::Declare, begin_of(signature), {signature, type});
  }
  return at(Tok::Where) ? parse_where_chain(signature) : signature;
}

// function (x, y) ... end has no name; function (f::T)(x) ... end makes values of T callable; and a whole
// signature may stand in parentheses.
Node *Parser::parse_paren_signature() {
  uint32_t begin = token_.begin;
  NodeList list(*this);
  bump();
  Group group = parse_group(list, begin, Tok::RParen);
  bool glued = adjacent() && !at(Tok::Newline);
  bool callee =
      glued && (token_.kind == Tok::LParen || token_.kind == Tok::Dot || token_.kind == Tok::LBrace);
  if (callee)
    return parse_signature_tail(parse_call_chain(finish_paren(group, list, begin)));
  bool single = list.size() == 1 && !group.commas && group.semicolons == 0;
  if (single && is_eventually_call(list[0]))
    return parse_signature_tail(mark_parens(list[0]));
  if (single && group.splat) // as Julia has it: no tuple around a lone splat
    return parse_signature_tail(list[0]);
  return parse_signature_tail(
      finish_arguments(Head::Tuple, nullptr, group, list, begin, Kw::Keep, Kw::Convert));
}

// --- Types

Node *Parser::parse_struct() {
  Token first = token_;
  bool is_mutable = token_.kind != Tok::KwStruct;
  if (is_mutable)
    bump();
  Token opener = token_;
  bump();
  skip_newlines();
  if (is_keyword(token_.kind))
    fail_here("`" + std::string(text(token_)) + "` cannot be a type's name");
  Node *spec = parse_subtype_spec();
  bool outer = in_struct_;
  in_struct_ = true;
  Node *body = parse_block(previous_end_);
  in_struct_ = outer;
  expect_end(opener);
  return make(Head::Struct, first.begin, {arena_.boolean(is_mutable), spec, body});
}

Node *Parser::parse_abstract() {
  Token opener = token_;
  bump();
  bump();
  skip_newlines();
  Node *spec = parse_subtype_spec();
  accept(Tok::Semicolon);
  expect_end(opener);
  return make(Head::Abstract, opener.begin, {spec});
}

Node *Parser::parse_primitive() {
  Token opener = token_;
  bump();
  bump();
  skip_newlines();
  Node *spec;
  {
    Context context = context_;
    context.space_sensitive = true;
    ScopedContext scope(*this, context);
    spec = parse_subtype_spec();
  }
  skip_newlines();
  Node *bits = parse_condition();
  accept(Tok::Semicolon);
  expect_end(opener);
  return make(Head::Primitive, opener.begin, {spec, bits});
}

// --- Variables

// `global const x = 1` is the same as `const global x = 1`.
Node *Parser::parse_global_or_local() {
  Token word = token_;
  Head head = word.kind == Tok::KwGlobal ? Head::Global : Head::Local;
  bump();
  if (at(Tok::KwConst)) {
    Token constant = token_;
    bump();
    Node *declared = parse_declared(head, word.begin);
    if (!declared->arg_count() || !declared->arg(0)->is_expr(Head::Assign))
      fail(range(constant.begin, constant.end), "expected an assignment after `const`");
    return make(Head::Const, word.begin, {declared});
  }
  return parse_declared(head, word.begin);
}

Node *Parser::parse_declared(Head head, uint32_t begin) {
  if (at_line_or_closing())
    fail_here("expected a variable's name, found " + describe(token_));
  Node *node = parse_eq();
  if (!node->is_expr(Head::Tuple))
    return make(head, begin, {node});
  return make(head, begin, node->args());
}

Node *Parser::parse_const() {
  Token word = token_;
  bump();
  Node *declared;
  bool scoped = at(Tok::KwGlobal) || at(Tok::KwLocal);
  if (scoped) {
    declared = parse_global_or_local();
    if (declared->is_expr(Head::Const))
      fail(range(word.begin, word.end), "`const` is given twice");
  } else {
    if (at_line_or_closing())
      fail_here("expected an assignment after `const`, found " + describe(token_));
    declared = parse_eq();
  }
  Node *assignment = scoped && declared->arg_count() ? declared->arg(0) : declared;
  if (!in_struct_ && !assignment->is_expr(Head::Assign))
    fail(range(word.begin, word.end), "expected an assignment after `const`");
  return make(Head::Const, word.begin, {declared});
}

} // namespace jl
