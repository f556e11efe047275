// SPDX-License-Identifier: MIT
// Control flow: what stands between a keyword and its `end`.
#include "jl/syntax/parser.h"

namespace jl {

Node *Parser::parse_begin() {
  Token opener = token_;
  bump();
  Node *block = parse_block(previous_end_);
  expect_end(opener);
  block->range = range_from(opener.begin);
  return block;
}

Node *Parser::parse_quote_block() {
  Token opener = token_;
  bump();
  Node *block = parse_block(previous_end_);
  expect_end(opener);
  return make(Head::Quote, opener.begin, {block});
}

// An `elseif` is an Expr in the else branch; its condition is in a block that tells its line.
Node *Parser::parse_if(Head head) {
  Nesting nesting(*this);
  Token opener = token_;
  bump();
  if (at_line_or_closing())
    fail_here("`" + std::string(text(opener)) + "` has no condition");
  Node *condition = parse_condition();
  if (head == Head::ElseIf)
    condition = make(Head::Block, begin_of(condition), {line_node(opener.begin), condition});
  NodeList list(*this);
  list.push(condition);
  list.push(parse_block(previous_end_));
  skip_newlines();
  if (token_.kind == Tok::KwElseif) {
    list.push(parse_if(Head::ElseIf));
  } else if (token_.kind == Tok::KwElse) {
    bump();
    if (at(Tok::KwIf))
      fail_here("`else if` would need an `end` of its own; write `elseif`");
    list.push(parse_block(previous_end_));
  }
  if (head == Head::If)
    expect_end(opener);
  return make(head, opener.begin, list.span());
}

Node *Parser::parse_while() {
  Token opener = token_;
  bump();
  if (at_line_or_closing())
    fail_here("`while` has no condition");
  Node *condition = parse_condition();
  Node *body = parse_loop_body();
  expect_end(opener);
  return make(Head::While, opener.begin, {condition, body});
}

// Several iterations are a block of assignments.
Node *Parser::parse_for() {
  Token opener = token_;
  bump();
  NodeList list(*this);
  parse_iterations_into(list);
  Node *iterations = list.size() == 1 ? list[0] : make(Head::Block, begin_of(list[0]), list.span());
  Node *body = parse_loop_body();
  expect_end(opener);
  return make(Head::For, opener.begin, {iterations, body});
}

Node *Parser::parse_let() {
  Token opener = token_;
  bump();
  uint32_t begin = token_.begin;
  NodeList list(*this);
  if (!at_line_or_closing()) {
    do {
      skip_newlines();
      list.push(parse_eq_item());
    } while (accept(Tok::Comma));
  }
  bool single = list.size() == 1 && (list[0]->is_identifier() || list[0]->is_expr(Head::Assign) ||
                                     list[0]->is_expr(Head::Declare));
  Node *bindings = single ? list[0] : make(Head::Block, begin, list.span());
  if (!at(Tok::Newline) && !at(Tok::Semicolon) && !at_closing())
    fail_here("expected a line end or `;` after the variables of `let`, found " + describe(token_));
  if (at(Tok::Semicolon))
    bump();
  skip_newlines();
  Node *body = parse_block(token_.begin);
  expect_end(opener);
  return make(Head::Let, opener.begin, {bindings, body});
}

// Expr(:try, body, variable, catch, finally, else); what is missing in between is `false`.
Node *Parser::parse_try() {
  Token opener = token_;
  bump();
  Node *body = parse_block(previous_end_);
  Node *variable = nullptr, *caught = nullptr, *otherwise = nullptr, *finally = nullptr;
  for (;;) {
    skip_newlines();
    if (token_.kind == Tok::KwCatch && !caught) {
      bump();
      variable = parse_catch_variable();
      caught = parse_block(previous_end_);
    } else if (token_.kind == Tok::KwElse && caught && !otherwise && !finally) {
      bump();
      otherwise = parse_block(previous_end_);
    } else if (token_.kind == Tok::KwFinally && !finally) {
      bump();
      finally = parse_block(previous_end_);
    } else {
      break;
    }
  }
  if (!caught && !finally && token_.kind == Tok::KwEnd)
    fail(range(opener.begin, opener.end), "`try` has neither `catch` nor `finally`");
  expect_end(opener);
  auto or_false = [&](Node *node) { return node ? node : arena_.boolean(false); };
  NodeList list(*this);
  list.push(body);
  list.push(or_false(variable));
  list.push(or_false(caught));
  if (finally || otherwise)
    list.push(or_false(finally));
  if (otherwise)
    list.push(otherwise);
  return make(Head::Try, opener.begin, list.span());
}

Node *Parser::parse_catch_variable() {
  if (at_line_or_closing())
    return nullptr;
  Node *variable = parse_eq_item();
  if (!variable->is_identifier() && !variable->is_expr(Head::Dollar))
    fail(variable->range, "expected a variable's name after `catch`; put the statement in the next line");
  return variable;
}

Node *Parser::parse_return() {
  Token opener = token_;
  bump();
  bool ternary = at_op(Op::Colon) && blank_follows();
  if (at_line_or_closing() || ternary)
    return make(Head::Return, opener.begin, {arena_.nothing(range_from(opener.begin))});
  Node *value = parse_eq();
  return make(Head::Return, opener.begin, {value});
}

Node *Parser::parse_module() {
  Token opener = token_;
  bump();
  skip_newlines();
  if (is_keyword(token_.kind))
    fail_here("`" + std::string(text(token_)) + "` cannot be a module's name");
  Node *name = parse_unary_prefix();
  if (!name->is_identifier() && !name->is_expr(Head::Dollar))
    fail(name->range, "expected a module's name");
  Node *full = arena_.boolean(opener.kind == Tok::KwModule);
  Node *body = parse_block(previous_end_, line_node(opener.begin), true);
  expect_end(opener);
  return make(Head::Module, opener.begin, {full, name, body});
}

} // namespace jl
