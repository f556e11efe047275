// SPDX-License-Identifier: MIT
// Assignment, `a ? b : c`, and infix operators by precedence climbing.
//
// parse_binary(least) reads one operand and then takes in operators of level `least` and tighter. How an
// operator takes its right operand says its associativity: from its own level on (right) or from the next
// one (left). Comparisons, ranges, `+` and `*` collect more than two operands.
#include "jl/syntax/parser.h"

namespace jl {

bool is_eventually_call(const Node *node) {
  while (node->is_expr(Head::Where) || node->is_expr(Head::Declare, 2))
    node = node->arg(0);
  return node->is_expr(Head::Call);
}

// --- Assignment

Node *Parser::parse_eq(Comma comma) {
  Nesting nesting(*this);
  Node *left = comma == Comma::Yes ? parse_comma_list() : parse_pair();
  return parse_assignment_tail(left, comma);
}

// `a, b` without parentheses: only where a statement may stand.
Node *Parser::parse_comma_list() {
  Node *first = parse_pair();
  if (!at(Tok::Comma))
    return first;
  NodeList list(*this);
  list.push(first);
  while (accept(Tok::Comma)) {
    bool assigns = token_.level() == Level::Assign && !op_info(token_.op).is(kUnary); // a, = xs; but a, ~b
    if (at(Tok::Newline) || at_closing() || assigns)
      break;
    list.push(parse_pair());
  }
  return make(Head::Tuple, begin_of(first), list.span());
}

Node *Parser::parse_assignment_tail(Node *left, Comma comma) {
  if (!at(Tok::Op) || token_.level() != Level::Assign)
    return left;
  Token op = token_;
  bool prefix_looks =
      op_info(op.op).is(kUnary) && context_.space_sensitive && !adjacent() && !blank_follows();
  if (prefix_looks) // [a ~b]
    return left;
  if (op.is(Op::DollarAssign))
    fail_here("`$=` is not an operator");
  bump();
  skip_newlines();
  return make_assignment(op, left, parse_eq(comma));
}

Node *Parser::make_assignment(const Token &op, Node *left, Node *right) {
  uint32_t begin = begin_of(left);
  if (!op_info(op.op).is(kSyntactic))
    return make_infix(op, left, right);
  if (op.is(Op::Assign) && is_eventually_call(left))
    right = add_short_form_block(right, begin);
  return make(op_symbol(op), begin, {left, right});
}

// The body of `f(x) = y` or `x -> y`: a block that begins with the line of the whole.
Node *Parser::add_short_form_block(Node *body, uint32_t begin) {
  NodeList list(*this);
  list.push(line_node(begin));
  if (body->is_expr(Head::Block)) {
    for (Node *arg : body->args())
      list.push(arg);
    return make(Head::Block, begin_of(body), list.span());
  }
  list.push(body);
  Node *block = make(Head::Block, begin_of(body), list.span());
  block->flags |= kFlagShortForm;
  return block;
}

// --- Infix operators

Node *Parser::parse_binary(Level least) {
  return parse_binary_tail(parse_unary_subtype(), least);
}

Node *Parser::parse_binary_tail(Node *left, Level least) {
  while (infix_applies(least))
    left = parse_infix(left, token_.level());
  return left;
}

bool Parser::infix_applies(Level least) const {
  if (!at(Tok::Op))
    return false;
  const OpInfo &info = op_info(token_.op);
  if (info.level < least || info.level > Level::Shift || info.level == Level::Assign)
    return false;
  if (token_.op == Op::Colon && !context_.range_colon)
    return false;
  if (!context_.space_sensitive || adjacent() || token_.has(kSuffixed))
    return true;
  // [a -b] holds two elements, [a - b] and [a-b] one.
  bool may_be_prefix = info.is(kBinaryToo) || token_.op == Op::Colon;
  return !may_be_prefix || blank_follows();
}

Node *Parser::parse_infix(Node *left, Level level) {
  switch (level) {
  case Level::Conditional:
    return parse_ternary(left);
  case Level::Comparison:
    return parse_comparison_chain(left);
  case Level::Colon:
    return parse_range(left);
  case Level::Splat: {
    bump();
    return make(Head::Splat, begin_of(left), {left});
  }
  default:
    return parse_chain(left, level);
  }
}

Node *Parser::parse_right_operand(Level level) {
  Nesting nesting(*this);
  skip_newlines();
  bool right_associative = level <= Level::LazyAnd || level == Level::PipeLeft;
  return parse_binary(right_associative ? level : static_cast<Level>(static_cast<int>(level) + 1));
}

// One application of an operator; `+`, `++` and `*` take in all that follow of their own.
Node *Parser::parse_chain(Node *left, Level level) {
  Token op = token_;
  bump();
  if (!op_info(op.op).is(kChain) || op.has(kDotted) || op.has(kSuffixed))
    return make_infix(op, left, parse_right_operand(level));
  NodeList list(*this);
  list.push(make_op_name(op));
  list.push(left);
  list.push(parse_right_operand(level));
  while (token_.is(op.op) && infix_applies(level)) {
    bump();
    list.push(parse_right_operand(level));
  }
  Node *call = make(Head::Call, begin_of(left), list.span());
  call->flags |= kFlagInfix;
  return call;
}

Node *Parser::make_infix(const Token &op, Node *left, Node *right) {
  uint32_t begin = begin_of(left);
  bool has_head = op.is_or_dotted(Op::AndAnd) || op.is_or_dotted(Op::OrOr) || op.is(Op::LongArrow) ||
                  op.is(Op::Subtype) || op.is(Op::Supertype);
  if (has_head)
    return make(op_symbol(op), begin, {left, right});
  Node *call = make(Head::Call, begin, {make_op_name(op), left, right});
  call->flags |= kFlagInfix;
  return call;
}

Node *Parser::parse_ternary(Node *condition) {
  Nesting nesting(*this);
  if (adjacent() || !blank_follows())
    fail_here("a blank is needed on either side of `?`");
  Token question = token_;
  bump();
  skip_newlines();
  Node *then;
  {
    Context context = context_;
    context.range_colon = false;
    ScopedContext scope(*this, context);
    then = parse_eq_item();
  }
  skip_newlines();
  if (!at_op(Op::Colon)) {
    if (token_.kind == Tok::Eof)
      fail_unclosed(range(question.begin, question.end), "?", ":");
    fail_here("expected `:` of `a ? b : c`, found " + describe(token_));
  }
  if (adjacent() || !blank_follows())
    fail_here("a blank is needed on either side of `:` in `a ? b : c`");
  bump();
  skip_newlines();
  Node *otherwise = parse_eq_item();
  return make(Head::If, begin_of(condition), {condition, then, otherwise});
}

// a < b is a call; a < b < c is one Expr(:comparison, a, :<, b, :<, c).
Node *Parser::parse_comparison_chain(Node *left) {
  NodeList list(*this);
  list.push(left);
  Token op;
  while (infix_applies(Level::Comparison) && token_.level() == Level::Comparison) {
    op = token_;
    bump();
    list.push(make_op_name(op));
    list.push(parse_right_operand(Level::Comparison));
  }
  if (list.size() == 3)
    return make_infix(op, list[0], list[2]);
  return make(Head::Comparison, begin_of(left), list.span());
}

// a:b and a:b:c are one call each; a:b:c:d:e nests to the left. `..` and its kin take two operands.
Node *Parser::parse_range(Node *left) {
  Token op = token_;
  bump();
  if (!op.is(Op::Colon))
    return make_infix(op, left, parse_right_operand(Level::Colon));
  auto parse_operand = [&] {
    if (at(Tok::Newline))
      fail_here("a range goes on in the next line; put it in parentheses");
    if (at_closing())
      fail_here("expected the end of a range, found " + describe(token_));
    return parse_right_operand(Level::Colon);
  };
  NodeList list(*this);
  list.push(make_op_name(op));
  list.push(left);
  list.push(parse_operand());
  if (at_op(Op::Colon) && infix_applies(Level::Colon)) {
    bump();
    list.push(parse_operand());
  }
  Node *call = make(Head::Call, begin_of(left), list.span());
  call->flags |= kFlagInfix;
  return call;
}

} // namespace jl
