// SPDX-License-Identifier: MIT
#include "ast.h"

#include <cctype>
#include <cstdlib>

namespace calculator {
namespace {

using Tree = std::unique_ptr<Expression>;
using Kind = Expression::Kind;
constexpr int kDeepest = 1000; // parentheses in parentheses

struct Parser {
  std::string_view text;
  size_t at = 0;
  std::string token; ///< the next; empty at the end
  int depth = 0;
  std::vector<std::string> parameters;

  Statement statement() {
    Statement result;
    advance();
    if (token.empty())
      return result;
    if (accept("def")) {
      result.name = name();
      expect("(");
      for (bool first = true; !accept(")"); first = false) {
        first ? void() : expect(",");
        parameters.push_back(name());
      }
      expect("=");
    }
    result.body = expression(0);
    if (!token.empty())
      throw "unexpected '" + token + "'";
    result.arity = parameters.size();
    return result;
  }

  Tree expression(size_t level) {
    constexpr std::string_view levels[] = {" < <= > >= == != ", " + - ", " * / "};
    if (level == 3)
      return unary();
    Tree left = expression(level + 1);
    while (!token.empty() && levels[level].contains(" " + token + " ")) {
      Tree tree = make(Kind::Operator, take());
      tree->operands.push_back(std::move(left));
      tree->operands.push_back(expression(level + 1));
      left = std::move(tree);
    }
    return left;
  }

  Tree unary() {
    if (++depth > kDeepest)
      throw std::string("this is nested too deeply");
    Tree tree;
    if (accept("-")) {
      tree = make(Kind::Negate, "-");
      tree->operands.push_back(unary());
    } else {
      tree = primary();
    }
    --depth;
    return tree;
  }

  Tree primary() {
    if (accept("(")) {
      Tree inner = expression(0);
      expect(")");
      return inner;
    }
    if (accept("if")) {
      Tree tree = make(Kind::If, "if");
      for (const char *next : {"then", "else", ""}) {
        tree->operands.push_back(expression(0));
        *next ? expect(next) : void();
      }
      return tree;
    }
    if (!token.empty() && (std::isdigit(token[0]) || token[0] == '.')) {
      Tree tree = make(Kind::Number, take());
      char *end = nullptr;
      tree->number = std::strtod(tree->name.c_str(), &end);
      if (*end != '\0')
        throw "'" + tree->name + "' is not a number";
      return tree;
    }
    return named(name());
  }

  Tree named(std::string known) {
    if (accept("(")) {
      Tree tree = make(Kind::Call, std::move(known));
      for (bool first = true; !accept(")"); first = false) {
        first ? void() : expect(",");
        tree->operands.push_back(expression(0));
      }
      return tree;
    }
    Tree tree = make(Kind::Parameter, known);
    for (size_t i = 0; i < parameters.size(); ++i)
      if (parameters[i] == known) {
        tree->number = static_cast<double>(i);
        return tree;
      }
    throw "unknown name '" + known + "'";
  }

  static Tree make(Kind kind, std::string name) {
    auto tree = std::make_unique<Expression>();
    tree->kind = kind;
    tree->name = std::move(name);
    return tree;
  }

  std::string found() const { return token.empty() ? "the end of the line" : "'" + token + "'"; }
  std::string name() {
    return !token.empty() && std::isalpha(token[0]) ? take() : throw "expected a name, found " + found();
  }
  std::string take() {
    std::string taken = std::move(token);
    return advance(), taken;
  }
  bool accept(std::string_view wanted) { return token == wanted && (advance(), true); }
  void expect(std::string_view wanted) {
    if (!accept(wanted))
      throw "expected '" + std::string(wanted) + "', found " + found();
  }
  void advance() {
    auto is_word = [&] {
      return at < text.size() && (std::isalnum(text[at]) || text[at] == '_' || text[at] == '.');
    };
    while (at < text.size() && std::isspace(text[at]))
      ++at;
    size_t start = at;
    if (at < text.size() && text[at] == '#')
      start = at = text.size();
    if (is_word())
      while (is_word())
        ++at;
    else if (at < text.size() && ++at < text.size() && text[at] == '=' &&
             std::string_view("<>=!").contains(text[start]))
      ++at;
    token = text.substr(start, at - start);
  }
};

} // namespace

std::expected<Statement, std::string> parse(std::string_view line) {
  try {
    return Parser{line}.statement();
  } catch (std::string &problem) {
    return std::unexpected(std::move(problem));
  }
}

} // namespace calculator
