// SPDX-License-Identifier: MIT
// Everything that binds tighter than `<<`: prefix operators, `where`, juxtaposition, `^`, `::`, `->`.
#include "jl/syntax/numbers.h"
#include "jl/syntax/parser.h"

namespace jl {

// `<: T` and `>: T`, then `where`.
Node *Parser::parse_unary_subtype() {
  Nesting nesting(*this);
  bool subtype = at(Tok::Op) && (token_.is(Op::Subtype) || token_.is(Op::Supertype));
  if (!subtype)
    return parse_where(parse_juxtapose());
  Token next = peek_next();
  bool alone = next.has(kNewlineBefore) && !context_.newline_is_blank;
  if (alone || is_closing(next) || next.is(Op::Assign))
    return parse_atom();
  bool called = !next.has(kSpaceBefore) && (next.kind == Tok::LParen || next.kind == Tok::LBrace);
  if (called)
    return parse_where(parse_juxtapose());
  Token op = token_;
  bump();
  Node *operand = parse_unary_subtype();
  return make(op_symbol(op), op.begin, {operand});
}

Node *Parser::parse_where(Node *left) {
  return context_.where_enabled && at(Tok::Where) ? parse_where_chain(left) : left;
}

Node *Parser::parse_where_chain(Node *left) {
  Context context = context_;
  context.where_enabled = false;
  while (at(Tok::Where)) {
    bump();
    skip_newlines();
    NodeList list(*this);
    list.push(left);
    if (at(Tok::LBrace)) {
      parse_where_variables(list);
    } else {
      ScopedContext scope(*this, context);
      list.push(parse_binary(Level::Comparison));
    }
    left = make(Head::Where, begin_of(left), list.span());
  }
  return left;
}

// where {A, B<:C}
void Parser::parse_where_variables(NodeList &list) {
  uint32_t begin = token_.begin;
  bump();
  Node *braces = parse_vect_or_cat(nullptr, begin, Tok::RBrace);
  if (!braces->is_expr(Head::Braces)) {
    list.push(braces);
    return;
  }
  for (Node *arg : braces->args())
    list.push(arg);
}

// --- Juxtaposition: 2x, 2(x + 1), x'y

// A literal, or the macro call that a wide integer stands for.
bool is_number_node(const Node *node) {
  if (node->is_expr(Head::MacroCall))
    return node->arg(0)->kind == NodeKind::GlobalRef && node->arg(1)->kind == NodeKind::Nothing;
  return node->kind == NodeKind::Integer || node->kind == NodeKind::Float64 ||
         node->kind == NodeKind::Float32;
}

bool Parser::juxtaposes(const Node *previous) const {
  if (!adjacent() || at(Tok::Newline) || at_closing())
    return false;
  Tok kind = token_.kind;
  if (!is_number_node(previous)) {
    bool macro = previous->is_expr(Head::MacroCall);
    if (is_number(kind) || kind == Tok::At || macro || is_keyword(previous_kind_))
      return false;
    if (previous->is_expr(Head::Block) || previous->is_expr(Head::Dollar))
      return false;
  }
  switch (kind) {
  case Tok::Identifier:
  case Tok::LParen:
  case Tok::LBracket:
  case Tok::LBrace:
  case Tok::At:
  case Tok::True:
  case Tok::False:
  case Tok::Quote:
  case Tok::Backtick:
    return true;
  case Tok::Op:
    return text(token_) == "√" || text(token_) == "∛" || text(token_) == "∜";
  default:
    return is_number(kind);
  }
}

Node *Parser::parse_juxtapose() {
  Node *first = parse_unary();
  if (!juxtaposes(first))
    return first;
  NodeList list(*this);
  list.push(arena_.identifier(intern("*"), range(previous_end_, previous_end_)));
  list.push(first);
  while (juxtaposes(list.back())) {
    bool string = token_.kind == Tok::Quote || list.back()->kind == NodeKind::String ||
                  list.back()->is_expr(Head::String);
    if (string)
      fail_here("a string literal stands next to a value without operator");
    list.push(at(Tok::Op) ? parse_unary() : parse_factor());
  }
  return make(Head::Call, begin_of(first), list.span());
}

// --- Prefix operators

// Does the token begin an operand as a prefix operator, or as an operator that is called like a function?
bool Parser::at_unary_candidate() const {
  if (!at(Tok::Op))
    return false;
  const OpInfo &info = op_info(token_.op);
  if (info.is(kWord) || token_.op == Op::Colon || token_.is(Op::And))
    return false;
  return !info.is(kSyntactic) ||
         (token_.has(kDotted) && (token_.op == Op::Subtype || token_.op == Op::Supertype)) ||
         token_.is(Op::Subtype) || token_.is(Op::Supertype);
}

Node *Parser::parse_unary() {
  Nesting nesting(*this);
  if (!at_unary_candidate())
    return parse_factor();
  if (token_.is(Op::Plus) || token_.is(Op::Minus))
    if (Node *number = parse_signed_number())
      return number;
  return parse_prefix_operator();
}

// -2 is one literal; -2^x, -2[i] and -0x1 are not. Null when there is none.
Node *Parser::parse_signed_number() {
  char next = token_.end < file_.text.size() ? file_.text[token_.end] : '\0';
  if ((next < '0' || next > '9') && next != '.')
    return nullptr;
  Token sign = token_, number = peek_next();
  bool decimal = number.kind == Tok::Integer || number.kind == Tok::Float || number.kind == Tok::Float32 ||
                 number.kind == Tok::HexFloat;
  bool prefixed = number.kind == Tok::HexInt || number.kind == Tok::BinInt || number.kind == Tok::OctInt;
  if (!decimal && !(prefixed && sign.is(Op::Plus)))
    return nullptr;
  Token after = peek_second();
  bool binds_tighter =
      after.level() == Level::Power ||
      (!after.has(kSpaceBefore) && (after.kind == Tok::LBracket || after.kind == Tok::LBrace));
  if (binds_tighter)
    return nullptr;
  bump();
  bump();
  Range where = range(sign.begin, number.end);
  // The sign may be spelt U+2212.
  std::string digits = (sign.is(Op::Minus) ? "-" : "+") + std::string(text(number));
  Node *node = make_number(arena_, number.kind, digits, where);
  if (!node)
    fail(where, "overflow in numeric constant `" + digits + "`");
  return parse_factor_tail(parse_call_chain(node));
}

Node *Parser::parse_prefix_operator() {
  Token op = token_, next = peek_next();
  bool line_ends = next.has(kNewlineBefore) && !context_.newline_is_blank;
  if (line_ends || is_closing(next) ||
      (next.kind == Tok::Op && next.level() == Level::Assign && !next.is(Op::Tilde)))
    return parse_factor(); // the operator itself, as a value
  bool glued = !next.has(kSpaceBefore);
  if (glued && next.kind == Tok::LBrace) {
    bump();
    return finish_operator_call(parse_curly(make_op_name(op)));
  }
  if (glued && next.kind == Tok::LParen)
    return parse_operator_call(op);
  const OpInfo &info = op_info(op.op);
  bool unary = info.is(kUnary) || op.is(Op::Subtype) || op.is(Op::Supertype);
  if (!unary || op.has(kSuffixed))
    fail_here("`" + std::string(text(op)) + "` is not a unary operator");
  bump();
  return make_prefix_call(op, parse_unary());
}

Node *Parser::make_prefix_call(const Token &op, Node *operand) {
  if (op.is(Op::Subtype) || op.is(Op::Supertype))
    return make(op_symbol(op), op.begin, {operand});
  Node *call = make(Head::Call, op.begin, {make_op_name(op), operand});
  call->flags |= kFlagPrefix;
  return call;
}

// An operator with `(` right behind: +(a, b) calls it; -(a) applies it to a group, which may go on: -(a)^2.
Node *Parser::parse_operator_call(const Token &op) {
  bump();
  uint32_t begin = token_.begin;
  NodeList list(*this);
  bump();
  Group group = parse_group(list, op.begin, Tok::RParen);
  const OpInfo &info = op_info(op.op);
  bool unary = (info.is(kUnary) || op.is(Op::Subtype) || op.is(Op::Supertype)) && !op.has(kSuffixed);
  bool many_semicolons = group.semicolons > 1 && list.empty();
  bool is_call = group.commas || group.splat || (group.initial_semicolon && !many_semicolons) ||
                 (list.empty() && group.semicolons == 0) || !unary;
  if (!is_call) {
    Node *operand = parse_factor_tail(parse_call_chain(finish_paren(group, list, begin)));
    return make_prefix_call(op, operand);
  }
  Node *callee = make_op_name(op);
  Node *call = finish_arguments(Head::Call, callee, group, list, op.begin, Kw::Convert, Kw::Convert);
  if (op.is(Op::Subtype) || op.is(Op::Supertype))
    call = check_depth(arena_.expr(callee->symbol(), call->args().subspan(1), call->range));
  return finish_operator_call(call);
}

Node *Parser::finish_operator_call(Node *call) {
  return parse_factor_tail(parse_call_chain(call));
}

// --- Powers, declarations, lambdas

Node *Parser::parse_factor() {
  return parse_factor_tail(parse_call());
}

Node *Parser::parse_factor_tail(Node *left) {
  left = parse_declaration_tail(left);
  if (!at(Tok::Op) || token_.level() != Level::Power)
    return left;
  Token op = token_;
  bump();
  skip_newlines();
  // 2^-x and 2^3x: what stands right of `^` may have a prefix operator, and be a product by juxtaposition.
  Node *right = parse_juxtapose();
  return make_infix(op, left, right);
}

Node *Parser::parse_declaration_tail(Node *left) {
  while (at_op(Op::Declare)) {
    bump();
    skip_newlines();
    Node *type = parse_where(parse_call());
    left = make(Head::Declare, begin_of(left), {left, type});
  }
  return at_op(Op::Arrow) ? parse_arrow(left) : left;
}

Node *Parser::parse_arrow(Node *parameters) {
  uint32_t begin = begin_of(parameters);
  bump();
  skip_newlines();
  Node *body = add_short_form_block(parse_eq_item(), begin);
  return make(Head::Arrow, begin, {parameters, body});
}

// `&x`, `::T`, `$x`; alone, `&` and `$` are names.
Node *Parser::parse_unary_prefix() {
  bool prefix = at(Tok::Op) && (token_.is(Op::And) || token_.is(Op::Declare) || token_.is(Op::Dollar));
  if (!prefix)
    return parse_atom();
  Nesting nesting(*this);
  Token op = token_, next = peek_next();
  bool line_ends = next.has(kNewlineBefore) && !context_.newline_is_blank;
  if (line_ends || is_closing(next)) {
    if (op.is(Op::Declare))
      fail_here("expected a type after `::`");
    bump();
    return make_op_name(op);
  }
  bump();
  Node *operand = op.is(Op::Dollar) ? parse_unary_prefix() : parse_where(parse_call());
  return make(op_symbol(op), op.begin, {operand});
}

} // namespace jl
