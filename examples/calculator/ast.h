// SPDX-License-Identifier: MIT
//
// The calculator's language: every value is a double.
//
//   def fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2)
//   fib(30)                                    prints what it is
//   # ...                                      up to the end of the line: a comment
//
// Operators: < <= > >= == !=, then + -, then * /, then unary -. A function is known by its name and the
// number of its arguments. Those that are not defined are taken from C's mathematics library: sqrt(2), pow(2,
// 10).
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace calculator {

struct Expression {
  enum class Kind { Number, Parameter, Operator, Negate, If, Call } kind;
  double number = 0; ///< or the parameter's place
  std::string name;  ///< parameter, operator, callee
  std::vector<std::unique_ptr<Expression>> operands;
};

struct Statement {
  std::string name; ///< of the function; empty for an expression to be shown
  size_t arity = 0;
  std::unique_ptr<Expression> body; ///< null for an empty line
};

/// One line; or what is wrong with it.
std::expected<Statement, std::string> parse(std::string_view line);

} // namespace calculator
