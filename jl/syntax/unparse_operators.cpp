// SPDX-License-Identifier: MIT
// Calls, operators, fields, types.
#include "jl/syntax/literal_text.h"
#include "jl/syntax/unparse.h"

#include <algorithm>

namespace jl {

namespace {

bool is_plain_argument(const Node *arg) {
  return !arg->is_expr(Head::Splat) && !arg->is_expr(Head::Kw) && !arg->is_expr(Head::Parameters) &&
         !arg->is_expr(Head::Generator) && !arg->is_expr(Head::Flatten);
}

// What may stand right before a variable to multiply it: 2x.
bool is_coefficient(const Node *node) {
  return node->kind == NodeKind::Float64 || node->kind == NodeKind::Float32 ||
         (node->kind == NodeKind::Integer && node->integer_type == IntegerType::Int64);
}

// Operators with heads of their own that stand between two operands.
bool find_syntactic_infix(const Node *node, Token &op) {
  if (node->arg_count() != 2)
    return false;
  op = lex_single(node->head_name().text());
  if (op.kind != Tok::Op || !(op_info(op.op).is(kSyntactic) || op.is(Op::LongArrow)))
    return false;
  return op.level() >= Level::Arrow && op.level() <= Level::Comparison;
}

} // namespace

bool Unparser::print_operator_form(const Node *node, int least) {
  if (Token op; find_syntactic_infix(node, op))
    return print_binary(node->head_name().text(), op.level(), node->arg(0), node->arg(1), least, true);
  Args args = node->args();
  switch (node->head) {
  case Head::Call:
    return print_call(node, least);
  case Head::Comparison:
    return print_comparison(node, least);
  case Head::Dot:
    return print_dot(node);
  case Head::Where:
    return print_where(node, least);
  case Head::Declare:
    if (args.size() == 2)
      return print_binary("::", Level::Declare, args[0], args[1], least, false);
    [[fallthrough]];
  case Head::Subtype:
  case Head::Supertype:
  case Head::Ampersand: {
    if (args.size() != 1)
      return false;
    bool parens = strength(Level::Declare) < least;
    out_.append(parens ? "(" : "").append(node->head_name().text());
    print(args[0], kTight);
    out_ += parens ? ")" : "";
    return true;
  }
  case Head::Dollar:
    if (args.size() != 1)
      return false;
    print_interpolated(args[0]);
    return true;
  case Head::Splat:
    if (args.size() != 1)
      return false;
    out_ += strength(Level::Colon) < least ? "(" : "";
    print(args[0], strength(Level::Colon));
    out_ += strength(Level::Colon) < least ? "...)" : "...";
    return true;
  case Head::Adjoint:
    if (args.size() != 1)
      return false;
    print(args[0], kTight);
    out_ += "'";
    return true;
  default:
    return false;
  }
}

// $x, $(f(x))
void Unparser::print_interpolated(const Node *value) {
  out_ += value->is_expr() && !value->is_expr(Head::Dollar) ? "$(" : "$";
  print(value, value->is_expr() ? static_cast<int>(kItem) : kTight);
  out_ += value->is_expr() && !value->is_expr(Head::Dollar) ? ")" : "";
}

bool Unparser::print_call(const Node *node, int least) {
  if (node->arg_count() == 0)
    return false;
  const Node *callee = node->arg(0);
  Args args = Args(node->args()).subspan(1);
  if (callee->is_identifier() && std::ranges::all_of(args, is_plain_argument)) {
    std::string_view name = callee->symbol().text();
    if (args.size() == 1 && name.starts_with('\'') && name.size() > 1) {
      print(args[0], kTight);
      out_ += name;
      return true;
    }
    Token op = lex_single(name);
    if (op.kind == Tok::Op && print_infix_call(op, args, least))
      return true;
    if (op.kind == Tok::Op && args.size() == 1 && op_info(op.op).is(kUnary) && !op.has(kSuffixed))
      return print_prefix_call(op, args[0], least);
  }
  print_prefix_form(callee, args);
  return true;
}

// callee(args...), operators too: +(a, b).
void Unparser::print_prefix_form(const Node *callee, Args args) {
  if (callee->is_identifier() && lex_single(callee->symbol().text()).kind == Tok::Op)
    out_ += callee->symbol().text() == ":" ? "(:)" : callee->symbol().text();
  else
    print(callee, kTight);
  out_ += "(";
  print_arguments(args);
  out_ += ")";
}

bool Unparser::print_infix_call(const Token &op, Args args, int least) {
  const OpInfo &info = op_info(op.op);
  bool chain = info.is(kChain) && !op.has(kDotted) && !op.has(kSuffixed) && args.size() > 2;
  bool range = op.is(Op::Colon) && args.size() == 3;
  bool plain = args.size() == 2 && info.level != Level::None && info.level < Level::Declare &&
               (!info.is(kSyntactic) || op.has(kDotted) || op.is(Op::Dollar));
  std::string name;
  if (op.has(kDotted))
    name = ".";
  name += info.text;
  if (op.has(kSuffixed))
    return false; // printed as a call: the suffix is not in the table
  if (plain && op.is(Op::Times) && !op.has(kDotted) && is_coefficient(args[0]) && args[1]->is_identifier())
    return print_binary("", info.level, args[0], args[1], least, false);
  if (plain)
    return print_binary(name, info.level, args[0], args[1], least, !op.is(Op::Colon));
  if (!chain && !range)
    return false;
  int own = strength(info.level);
  out_ += own < least ? "(" : "";
  print_list(args, range ? ":" : " " + name + " ", own + 1);
  out_ += own < least ? ")" : "";
  return true;
}

bool Unparser::print_binary(std::string_view op, Level level, const Node *left, const Node *right, int least,
                            bool spaced) {
  Deeper deeper(*this);
  int own = strength(level);
  out_ += own < least ? "(" : "";
  // Operands of the same level are set apart on either side, as Julia writes them: (a - b) + c, a && (b &&
  // c).
  print(left, own + 1);
  out_.append(spaced ? " " : "").append(op).append(spaced ? " " : "");
  print(right, own + 1);
  out_ += own < least ? ")" : "";
  return true;
}

bool Unparser::print_prefix_call(const Token &op, const Node *operand, int least) {
  bool parens = strength(Level::Power) < least;
  bool number = operand->kind == NodeKind::Integer || operand->kind == NodeKind::Float64 ||
                operand->kind == NodeKind::Float32;
  bool sign = op_info(op.op).text == "-" || op_info(op.op).text == "+";
  bool enclosed = (number && sign) || operand->is_expr(); // !(f(x)), as Julia writes it
  out_ += parens ? "(" : "";
  out_ += (op.has(kDotted) ? "." : "") + std::string(op_info(op.op).text);
  out_ += enclosed ? "(" : "";
  print(operand, number || enclosed ? static_cast<int>(kItem) : strength(Level::Declare));
  out_ += enclosed ? ")" : "";
  out_ += parens ? ")" : "";
  return true;
}

bool Unparser::print_comparison(const Node *node, int least) {
  if (node->arg_count() < 5 || node->arg_count() % 2 == 0)
    return false;
  Deeper deeper(*this);
  int own = strength(Level::Comparison);
  out_ += own < least ? "(" : "";
  for (size_t i = 0; i < node->arg_count(); ++i) {
    if (i % 2 == 0) {
      print(node->arg(i), own + 1);
      continue;
    }
    if (!node->arg(i)->is_identifier())
      return false;
    out_.append(" ").append(node->arg(i)->symbol().text()).append(" ");
  }
  out_ += own < least ? ")" : "";
  return true;
}

// a.b, f.(x), .+
bool Unparser::print_dot(const Node *node) {
  if (node->arg_count() == 1 && node->arg(0)->is_identifier()) {
    out_.append("(.").append(node->arg(0)->symbol().text()).append(")");
    return true;
  }
  if (node->arg_count() != 2)
    return false;
  const Node *field = node->arg(1);
  print(node->arg(0), kTight);
  if (field->is_expr(Head::Tuple)) {
    out_ += ".(";
    print_arguments(field->args());
    out_ += ")";
    return true;
  }
  out_ += ".";
  if (field->kind != NodeKind::Quote)
    return print(field, kTight), true;
  const Node *name = field->quoted();
  if (name->is_identifier() && lex_single(name->symbol().text()).kind != Tok::Op)
    print_identifier(name->symbol().text(), kTight);
  else if (name->is_expr(Head::Dollar, 1))
    print_interpolated(name->arg(0));
  else
    print_quoted(name);
  return true;
}

bool Unparser::print_where(const Node *node, int least) {
  if (node->arg_count() < 2)
    return false;
  bool parens = least > strength(Level::Shift);
  out_ += parens ? "(" : "";
  // `x::T where T` would give the `where` to T alone.
  print(node->arg(0), node->arg(0)->is_expr(Head::Where) ? strength(Level::Shift) : strength(Level::Lambda));
  out_ += " where ";
  bool braces = node->arg_count() > 2 || node->arg(1)->is_expr(Head::Parameters) ||
                !(node->arg(1)->is_identifier() || node->arg(1)->is_expr(Head::Subtype));
  out_ += braces ? "{" : "";
  if (braces)
    print_arguments(Args(node->args()).subspan(1));
  else
    print(node->arg(1), strength(Level::Comparison));
  out_ += braces ? "}" : "";
  out_ += parens ? ")" : "";
  return true;
}

} // namespace jl
