// SPDX-License-Identifier: MIT
// The AST as text, two ways: as nested tuples, for tests and `--dump=ast`, and as Julia source, the way
// Julia prints an Expr.
#pragma once

#include "jl/syntax/ast.h"

#include <string>

namespace jl {

enum class Lines : uint8_t {
  Show, ///< LineNumberNodes are printed, as :(#= file:line =#)
  Hide, ///< left out (and macrocall's line argument too)
};

enum class SexprLayout : uint8_t {
  OneLine,
  Indented, ///< a block's arguments on lines of their own, as Meta.show_sexpr does
};

/// As Meta.show_sexpr prints it: (:call, :+, 1, :x). A QuoteNode is QuoteNode(:x) in both layouts.
std::string print_sexpr(const Node *node, Lines lines = Lines::Show,
                        SexprLayout layout = SexprLayout::OneLine);

/// Julia source, as `print(expr)` or string(expr) writes it: x + 1, `begin` blocks indented by 4.
std::string unparse(const Node *node, Lines lines = Lines::Show);

} // namespace jl
