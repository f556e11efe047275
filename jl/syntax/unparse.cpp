// SPDX-License-Identifier: MIT
#include "jl/syntax/unparse.h"

#include "jl/syntax/literal_text.h"

namespace jl {

namespace {
constexpr uint16_t kPrintDepth = 4 * kMaxDepth;

// May stand where a value may: `+`, but not `=`.
bool is_operator_value(const Token &token) {
  if (token.kind != Tok::Op || token.has(kDotted))
    return false;
  return !op_info(token.op).is(kSyntactic) || token.is(Op::Subtype) || token.is(Op::Supertype) ||
         token.is(Op::Dollar);
}
} // namespace

std::string unparse(const Node *node, Lines lines) {
  if (node->depth > kPrintDepth) // a macro made it; recursion over it could overflow the stack
    return "…";
  Unparser printer(lines);
  printer.print(node, Unparser::kStatement);
  return printer.take();
}

void Unparser::print(const Node *node, int least) {
  if (!node->is_expr())
    return print_leaf(node, least);
  size_t mark = out_.size();
  if (print_expr(node, least))
    return;
  out_.resize(mark);
  print_as_constructor(node);
}

void Unparser::print_leaf(const Node *node, int least) {
  switch (node->kind) {
  case NodeKind::Identifier:
    return print_identifier(node->symbol().text(), least);
  case NodeKind::Quote:
    return print_quoted(node->quoted());
  case NodeKind::LineNumber:
    out_ += line_text(node);
    return;
  case NodeKind::GlobalRef:
    out_.append(node->ref_module().text()).append(".").append(node->ref_name().text());
    return;
  default: {
    std::string text = literal_text(node);
    bool negative = text.starts_with('-') && least > strength(Level::Shift);
    out_ += negative ? "(" + text + ")" : text;
  }
  }
}

void Unparser::print_identifier(std::string_view name, int least) {
  Token token = lex_single(name);
  bool macro = name.starts_with('@') && is_plain_identifier(name.substr(1));
  bool position = index_depth_ > 0 && (name == "end" || name == "begin");
  if (token.kind == Tok::Identifier || token.kind == Tok::Where || macro || position) {
    out_ += name;
  } else if (is_operator_value(token)) {
    bool bare = least <= kItem || op_info(token.op).is(kWord);
    out_.append(bare ? "" : "(").append(name).append(bare ? "" : ")");
  } else {
    out_.append("var").append(quote_text(name));
  }
}

// QuoteNode(value)
void Unparser::print_quoted(const Node *node) {
  if (node->is_identifier()) {
    std::string text = symbol_text(node->symbol());
    if (text.starts_with("Symbol("))
      text = ":var" + quote_text(node->symbol().text());
    out_ += text;
    return;
  }
  out_ += node->is_expr() || node->kind == NodeKind::Quote ? "$(QuoteNode(" : ":(";
  print(node, kItem);
  out_ += node->is_expr() || node->kind == NodeKind::Quote ? "))" : ")";
}

bool Unparser::print_expr(const Node *node, int least) {
  return print_operator_form(node, least) || print_collection(node, least) || print_block_form(node, least) ||
         print_definition(node, least);
}

void Unparser::print_as_constructor(const Node *node) {
  out_ += "$(Expr(" + symbol_text(node->head_name());
  for (const Node *arg : node->args()) {
    out_ += ", ";
    if (arg->is_identifier())
      out_ += symbol_text(arg->symbol());
    else if (arg->is_expr() || arg->kind == NodeKind::LineNumber)
      out_ += ":(", print(arg, kStatement), out_ += ")";
    else
      print(arg, kItem);
  }
  out_ += "))";
}

void Unparser::print_list(Args args, std::string_view separator, int least) {
  Deeper deeper(*this);
  for (size_t i = 0; i < args.size(); ++i) {
    if (i > 0)
      out_ += separator;
    print(args[i], least);
  }
}

// Positional arguments, then what stands behind semicolons.
void Unparser::print_arguments(Args args) {
  const Node *parameters = !args.empty() && args[0]->is_expr(Head::Parameters) ? args[0] : nullptr;
  print_list(parameters ? args.subspan(1) : args, ", ");
  if (!parameters)
    return;
  out_ += parameters->arg_count() ? "; " : ";";
  print_arguments(parameters->args());
}

} // namespace jl
