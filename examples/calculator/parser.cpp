// SPDX-License-Identifier: MIT
#include "ast.h"

#include <cctype>
#include <charconv>

namespace calculator {
namespace {

using Tree = std::unique_ptr<Expression>;
using Kind = Expression::Kind;

constexpr int kDeepest = 1000; // parentheses in parentheses

class Parser {
public:
  explicit Parser(std::string_view text) : text_(text) { advance(); }

  Statement statement() {
    Statement result;
    if (token_.empty())
      return result;
    if (accept("def"))
      head(result);
    result.body = expression(0);
    if (!token_.empty())
      throw "unexpected '" + token_ + "'";
    return result;
  }

private:
  void head(Statement &result) {
    result.name = name();
    expect("(");
    for (bool first = true; !accept(")"); first = false) {
      if (!first)
        expect(",");
      result.parameters.push_back(name());
    }
    expect("=");
    parameters_ = &result.parameters;
  }

  static int level_of(std::string_view op) {
    constexpr std::string_view levels[] = {" < <= > >= == != ", " + - ", " * / "};
    for (int level = 0; level < 3; ++level)
      if (!op.empty() && levels[level].find(" " + std::string(op) + " ") != std::string_view::npos)
        return level;
    return -1;
  }

  Tree expression(int level) {
    if (level > 2)
      return unary();
    Tree left = expression(level + 1);
    while (level_of(token_) == level) {
      Tree tree = make(Kind::Operator, take());
      tree->operands.push_back(std::move(left));
      tree->operands.push_back(expression(level + 1));
      left = std::move(tree);
    }
    return left;
  }

  Tree unary() {
    if (++depth_ > kDeepest)
      throw std::string("this is nested too deeply");
    Tree tree;
    if (accept("-")) {
      tree = make(Kind::Negate, "-");
      tree->operands.push_back(unary());
    } else {
      tree = primary();
    }
    --depth_;
    return tree;
  }

  Tree primary() {
    if (accept("(")) {
      Tree inner = expression(0);
      expect(")");
      return inner;
    }
    if (accept("if"))
      return conditional();
    if (!token_.empty() && (std::isdigit(token_[0]) || token_[0] == '.'))
      return number();
    std::string known = name();
    if (accept("("))
      return call(std::move(known));
    for (size_t i = 0; parameters_ && i < parameters_->size(); ++i)
      if ((*parameters_)[i] == known) {
        Tree tree = make(Kind::Parameter, known);
        tree->number = static_cast<double>(i);
        return tree;
      }
    throw "unknown name '" + known + "'";
  }

  Tree conditional() {
    Tree tree = make(Kind::If, "if");
    tree->operands.push_back(expression(0));
    expect("then");
    tree->operands.push_back(expression(0));
    expect("else");
    tree->operands.push_back(expression(0));
    return tree;
  }

  Tree call(std::string callee) {
    Tree tree = make(Kind::Call, std::move(callee));
    for (bool first = true; !accept(")"); first = false) {
      if (!first)
        expect(",");
      tree->operands.push_back(expression(0));
    }
    return tree;
  }

  Tree number() {
    Tree tree = make(Kind::Number, "");
    auto [end, error] = std::from_chars(token_.data(), token_.data() + token_.size(), tree->number);
    if (error != std::errc() || end != token_.data() + token_.size())
      throw "'" + token_ + "' is not a number";
    advance();
    return tree;
  }

  static Tree make(Kind kind, std::string name) {
    auto tree = std::make_unique<Expression>();
    tree->kind = kind;
    tree->name = std::move(name);
    return tree;
  }
  std::string name() {
    if (token_.empty() || !std::isalpha(token_[0]))
      throw "expected a name, found " + (token_.empty() ? "the end of the line" : "'" + token_ + "'");
    return take();
  }
  std::string take() {
    std::string taken = std::move(token_);
    advance();
    return taken;
  }
  bool accept(std::string_view wanted) { return token_ == wanted && (advance(), true); }
  void expect(std::string_view wanted) {
    if (!accept(wanted))
      throw "expected '" + std::string(wanted) + "', found " +
          (token_.empty() ? "the end of the line" : "'" + token_ + "'");
  }

  /// The next token; empty at the end.
  void advance() {
    auto is_word = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.'; };
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])))
      ++at_;
    size_t start = at_;
    if (at_ == text_.size() || text_[at_] == '#') {
      at_ = text_.size();
      token_.clear();
      return;
    }
    if (is_word(static_cast<unsigned char>(text_[at_])))
      while (at_ < text_.size() && is_word(static_cast<unsigned char>(text_[at_])))
        ++at_;
    else if (++at_ < text_.size() && text_[at_] == '=' && std::string_view("<>=!").contains(text_[start]))
      ++at_;
    token_ = text_.substr(start, at_ - start);
  }

  std::string_view text_;
  size_t at_ = 0;
  std::string token_;
  int depth_ = 0;
  const std::vector<std::string> *parameters_ = nullptr;
};

} // namespace

std::expected<Statement, std::string> parse(std::string_view line) {
  try {
    return Parser(line).statement();
  } catch (std::string &problem) {
    return std::unexpected(std::move(problem));
  }
}

} // namespace calculator
