// SPDX-License-Identifier: MIT
// The smallest expressions: names, numbers, quotes, and where the other literals are told apart.
#include "jl/syntax/numbers.h"
#include "jl/syntax/parser.h"

namespace jl {

Node *Parser::parse_atom() {
  uint32_t begin = token_.begin;
  switch (peek()) {
  case Tok::Identifier:
    return parse_word();
  case Tok::Integer:
  case Tok::BinInt:
  case Tok::OctInt:
  case Tok::HexInt:
  case Tok::Float:
  case Tok::Float32:
  case Tok::HexFloat:
    return parse_number();
  case Tok::True:
  case Tok::False: {
    bool value = token_.kind == Tok::True;
    bump();
    return arena_.boolean(value, range_from(begin));
  }
  case Tok::LParen:
    return parse_paren();
  case Tok::LBracket:
    bump();
    return parse_vect_or_cat(nullptr, begin, Tok::RBracket);
  case Tok::LBrace:
    bump();
    return parse_vect_or_cat(nullptr, begin, Tok::RBrace);
  case Tok::Quote:
    return parse_string();
  case Tok::Backtick:
    return parse_command();
  case Tok::Prime:
    return parse_char();
  case Tok::At:
    return parse_macro_atom();
  case Tok::Op:
    return parse_operator_atom();
  case Tok::Where:
    return parse_word();
  case Tok::KwEnd:
  case Tok::KwBegin:
    if (context_.end_symbol)
      return parse_word();
    [[fallthrough]];
  default:
    if (is_initial_keyword(token_.kind) && !at(Tok::Newline))
      return parse_keyword();
    fail_here("unexpected " + describe(token_));
  }
}

// Any word as a name, keywords too; and var"any text".
Node *Parser::parse_word() {
  bool word = token_.kind == Tok::Identifier || is_keyword(token_.kind) || token_.kind == Tok::Where ||
              token_.kind == Tok::True || token_.kind == Tok::False || token_.is(Op::In) ||
              token_.is(Op::Isa);
  if (!word)
    fail_here("expected a name, found " + describe(token_));
  if (token_.end < file_.text.size() && file_.text[token_.end] == '"' && text(token_) == "var")
    return parse_var_name();
  Node *name = make_name(token_);
  bump();
  return name;
}

Node *Parser::parse_var_name() {
  uint32_t begin = token_.begin;
  bump();
  std::string name = scan_raw('"');
  bool glued_word = adjacent() && (token_.kind == Tok::Identifier || is_number(token_.kind));
  if (glued_word)
    fail_here("`var\"...\"` takes no suffix");
  return arena_.identifier(Symbol::intern(name), range_from(begin));
}

Node *Parser::parse_number() {
  Token number = token_;
  bump();
  Node *node = make_number(arena_, number.kind, text(number), range(number.begin, number.end));
  if (!node)
    fail(range(number.begin, number.end), "overflow in numeric constant `" + std::string(text(number)) + "`");
  return node;
}

// An operator as a value: `+`, or Expr(:., :+) for `.+`. Syntax like `=` is no value.
Node *Parser::parse_operator_atom() {
  Token op = token_;
  if (op.is(Op::Colon))
    return parse_colon();
  const OpInfo &info = op_info(op.op);
  bool value = !info.is(kSyntactic) || op.is_or_dotted(Op::Subtype) || op.is_or_dotted(Op::Supertype) ||
               op.is(Op::Dollar);
  if (!value)
    fail_here("unexpected " + describe(op));
  bump();
  if (!op.has(kDotted))
    return make_op_name(op);
  Token undotted = op;
  undotted.flags &= ~kDotted;
  undotted.begin += 1;
  return make(Head::Dot, op.begin, {make_op_name(undotted)});
}

// `:` alone is a name (all of a dimension); before an atom it quotes.
Node *Parser::parse_colon() {
  Token colon = token_, next = peek_next();
  bool line_ends = next.has(kNewlineBefore) && !context_.newline_is_blank;
  bool bracket = is_closing(next) && !is_keyword(next.kind);
  if (line_ends || bracket || (next.has(kSpaceBefore) && is_closing(next))) {
    bump();
    return make_op_name(colon);
  }
  if (next.has(kSpaceBefore))
    fail(range(colon.begin, next.begin), "a blank is not allowed after `:` that quotes");
  bump();
  Nesting nesting(*this);
  return parse_quoted();
}

Node *Parser::parse_quoted() {
  uint32_t begin = token_.begin - 1;
  if (token_.kind == Tok::LParen)
    return parse_quoted_paren();
  bool symbol = token_.kind == Tok::Op || token_.kind == Tok::Dot;
  if (symbol && !token_.is(Op::Colon)) {
    Node *name = make_op_name(token_);
    bump();
    return arena_.quote(name, range_from(begin));
  }
  bool word = is_keyword(token_.kind) || token_.kind == Tok::Where;
  return quote_of(word ? parse_word() : parse_atom(), begin);
}

// :(x + 1); but also :(=) and :(.=), whose contents are no expression elsewhere.
Node *Parser::parse_quoted_paren() {
  uint32_t begin = token_.begin - 1;
  Token inner = peek_next();
  if (inner.kind == Tok::Op && peek_second().kind == Tok::RParen) {
    bool plain_dotted = inner.has(kDotted) && !op_info(inner.op).is(kSyntactic);
    if (!plain_dotted) {
      bump();
      Node *name = make_op_name(inner);
      bump();
      bump();
      return arena_.quote(name, range_from(begin));
    }
  }
  // In a[:(end)] `end` means nothing: the quoted expression stands alone.
  Context context;
  ScopedContext scope(*this, context);
  return quote_of(parse_paren(), begin);
}

// What evaluates to itself is held by a QuoteNode, what may contain `$` by Expr(:quote).
Node *Parser::quote_of(Node *node, uint32_t begin) {
  bool expression = node->is_expr() || node->kind == NodeKind::Quote || node->kind == NodeKind::Bool;
  return expression ? make(Head::Quote, begin, {node}) : arena_.quote(node, range_from(begin));
}

// Whatever a keyword begins. Inside, blanks and line ends mean what they mean in a statement.
Node *Parser::parse_keyword() {
  Nesting nesting(*this);
  Context context;
  context.range_colon = token_.kind != Tok::KwReturn || context_.range_colon;
  ScopedContext scope(*this, context);
  switch (token_.kind) {
  case Tok::KwBegin:
    return parse_begin();
  case Tok::KwQuote:
    return parse_quote_block();
  case Tok::KwIf:
    return parse_if(Head::If);
  case Tok::KwWhile:
    return parse_while();
  case Tok::KwFor:
    return parse_for();
  case Tok::KwLet:
    return parse_let();
  case Tok::KwTry:
    return parse_try();
  case Tok::KwReturn:
    return parse_return();
  case Tok::KwBreak:
  case Tok::KwContinue: {
    Token word = token_;
    bump();
    return make(word.kind == Tok::KwBreak ? Head::Break : Head::Continue, word.begin, {});
  }
  case Tok::KwFunction:
    return parse_function(Head::Function);
  case Tok::KwMacro:
    return parse_function(Head::Macro);
  case Tok::KwStruct:
    return parse_struct();
  case Tok::KwGlobal:
  case Tok::KwLocal:
    return parse_global_or_local();
  case Tok::KwConst:
    return parse_const();
  case Tok::KwModule:
  case Tok::KwBaremodule:
    return parse_module();
  case Tok::KwImport:
    return parse_import(Head::Import);
  case Tok::KwUsing:
    return parse_import(Head::Using);
  case Tok::KwExport:
    return parse_export(Head::Export);
  default:
    if (at_word("mutable"))
      return parse_struct();
    return at_word("abstract") ? parse_abstract() : parse_primitive();
  }
}

} // namespace jl
