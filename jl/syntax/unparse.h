// SPDX-License-Identifier: MIT
// The inside of unparse(): AST -> Julia source, as `print` writes an Expr.
//
// Each node is printed for a place that asks for a least binding strength; what binds more loosely gets
// parentheses. What has no syntax (heads that only macros make, misshapen trees) comes out as
// $(Expr(:head, ...)), as in Julia.
#pragma once

#include "jl/syntax/ast.h"
#include "jl/syntax/print.h"
#include "jl/syntax/token.h"

#include <span>
#include <string>
#include <string_view>

namespace jl {

class Unparser {
public:
  explicit Unparser(Lines lines) : lines_(lines) {}
  std::string take() { return std::move(out_); }

  /// How tightly the place binds. The levels of operators are in between.
  enum Strength : int {
    kStatement = 0, ///< alone: anything goes
    kItem = 1,      ///< between commas
    kOperator = 2,  ///< + static_cast<int>(Level)
    kTight = 100,   ///< before `(`, `[`, `.`, after `$`
  };
  static int strength(Level level) { return kOperator + static_cast<int>(level); }

  void print(const Node *node, int least);

  /// While it lives, lines that blocks begin stand one step further right: operands and arguments do that.
  struct Deeper {
    explicit Deeper(Unparser &printer) : indent(printer.indent_) { ++indent; }
    ~Deeper() { --indent; }
    Deeper(const Deeper &) = delete;
    int &indent;
  };

private:
  using Args = std::span<Node *const>;

  void print_leaf(const Node *node, int least);
  void print_identifier(std::string_view name, int least);
  void print_quoted(const Node *node);
  bool print_expr(const Node *node, int least);
  void print_as_constructor(const Node *node);
  void print_list(Args args, std::string_view separator, int least = kItem);
  void print_arguments(Args args);

  // unparse_operators.cpp
  bool print_operator_form(const Node *node, int least);
  void print_interpolated(const Node *value);
  bool print_call(const Node *node, int least);
  void print_prefix_form(const Node *callee, Args args);
  bool print_infix_call(const Token &op, Args args, int least);
  bool print_prefix_call(const Token &op, const Node *operand, int least);
  bool print_binary(std::string_view op, Level level, const Node *left, const Node *right, int least,
                    bool spaced);
  bool print_comparison(const Node *node, int least);
  bool print_dot(const Node *node);
  bool print_where(const Node *node, int least);

  // unparse_blocks.cpp
  bool print_block_form(const Node *node, int least);
  bool print_definition(const Node *node, int least);
  void print_signature(const Node *node);
  bool print_toplevel(const Node *node);
  void print_body(const Node *body);
  void print_block_lines(const Node *block);
  void print_lambda(const Node *node, int least);
  void print_assignment(const Node *node, int least);
  void print_if(const Node *node, std::string_view word);
  bool print_try(const Node *node);
  bool print_import(const Node *node);
  void print_import_path(const Node *node);
  void new_line();
  void end();

  // unparse_literals.cpp
  bool print_collection(const Node *node, int least);
  bool print_cat(const Node *node, size_t first, std::string_view open, std::string_view close);
  void print_rows(const Node *node, int rank);
  void print_generator(const Node *node);
  void print_generator_clauses(Args clauses);
  void print_string(const Node *node);
  bool print_macro_call(const Node *node, int least);
  bool print_literal_macro(const Node *node);
  void print_macro_name(const Node *name);

  Lines lines_;
  int indent_ = 0;
  int index_depth_ = 0; ///< inside a[...], where `end` is a name
  std::string out_;
};

} // namespace jl
