// SPDX-License-Identifier: MIT
#include "jl/syntax/literal_text.h"
#include "jl/syntax/print.h"

namespace jl {

namespace {

class SexprPrinter {
public:
  SexprPrinter(Lines lines, SexprLayout layout) : lines_(lines), layout_(layout) {}
  std::string take() { return std::move(out_); }

  void print(const Node *node, int indent) {
    switch (node->kind) {
    case NodeKind::Expr:
      return print_expr(node, indent);
    case NodeKind::Identifier:
      out_ += symbol_text(node->symbol());
      return;
    case NodeKind::Quote:
      out_ += "QuoteNode(";
      print(node->quoted(), indent);
      out_ += ")";
      return;
    case NodeKind::LineNumber:
      out_ += ":(" + line_text(node) + ")";
      return;
    default:
      out_ += literal_text(node);
    }
  }

private:
  bool is_hidden(const Node *parent, size_t i) const {
    const Node *node = parent->arg(i);
    if (lines_ == Lines::Show)
      return false;
    return node->kind == NodeKind::LineNumber ||
           (parent->is_expr(Head::MacroCall) && i == 1 && node->kind == NodeKind::Nothing);
  }

  bool breaks(const Node *node) const {
    return layout_ == SexprLayout::Indented && (node->is_expr(Head::Block) || node->is_expr(Head::TopLevel));
  }

  void print_expr(const Node *node, int indent) {
    out_ += "(" + symbol_text(node->head_name());
    bool lines = breaks(node);
    for (size_t i = 0; i < node->arg_count(); ++i) {
      if (is_hidden(node, i))
        continue;
      out_ += lines ? ",\n" + std::string(indent + 2, ' ') : ", ";
      print(node->arg(i), lines ? indent + 2 : indent);
    }
    if (lines)
      out_ += "\n" + std::string(indent, ' ');
    // Expr(:x) without arguments is no tuple without the comma, but Meta.show_sexpr writes it so.
    out_ += ")";
  }

  Lines lines_;
  SexprLayout layout_;
  std::string out_;
};

} // namespace

std::string print_sexpr(const Node *node, Lines lines, SexprLayout layout) {
  SexprPrinter printer(lines, layout);
  printer.print(node, 0);
  return printer.take();
}

} // namespace jl
