// SPDX-License-Identifier: MIT
// For unit tests: types from their text, "Tuple{T, Vector{T}} where T<:Integer".
//
// Names are looked up in Core, then among the types that tests define (test_types below). Not a parser of the
// language: curly braces, where, <: and >: bounds, integers, :symbols and tuples of symbols.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/types_internal.h"
#include "jl/runtime/values.h"

namespace jl::test {

/// Types that tests define by hand, by name.
inline std::map<std::string, Value *> &test_types() {
  static std::map<std::string, Value *> types;
  return types;
}

class TypeReader {
public:
  TypeReader(Task *task, std::string_view text) : task_(task), text_(text) {}

  Value *read() {
    Value *t = type();
    skip();
    if (at_ < text_.size())
      fail("unexpected text");
    return t;
  }

private:
  struct Scope {
    std::string name;
    TypeVar *var;
  };

  [[noreturn]] void fail(const char *what) {
    throw std::runtime_error(std::string(what) + " at " + std::to_string(at_) + " of: " + std::string(text_));
  }
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ')
      ++at_;
  }
  bool eat(std::string_view token) {
    skip();
    if (!text_.substr(at_).starts_with(token))
      return false;
    at_ += token.size();
    return true;
  }
  bool eat_word(std::string_view word) {
    size_t before = at_;
    if (eat(word) && (at_ == text_.size() || !is_name(text_[at_])))
      return true;
    at_ = before;
    return false;
  }
  static bool is_name(char c) {
    return isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '#' || c == '!';
  }
  std::string name() {
    skip();
    size_t start = at_;
    while (at_ < text_.size() && is_name(text_[at_]))
      ++at_;
    if (at_ == start)
      fail("a name is missing");
    return std::string(text_.substr(start, at_ - start));
  }

  // The variables come after what they are used in, so a type is read twice: once to find its end, once to
  // make it.
  Value *type() {
    size_t start = at_, scopes = scopes_.size();
    skip_primary();
    size_t body_end = at_;
    GcVector<TypeVar *> all;
    while (eat_word("where")) {
      GcVector<TypeVar *> vars;
      if (eat("{")) {
        do
          vars.push_back(variable());
        while (eat(","));
        eat("}") || (fail("} is missing"), true);
      } else {
        vars.push_back(variable());
      }
      all.insert(all.begin(), vars.begin(), vars.end());
    }
    size_t end = at_;
    at_ = start;
    Value *body = primary();
    if (at_ != body_end)
      fail("could not read");
    at_ = end;
    scopes_.resize(scopes);
    return wrap_vars(body, all);
  }

  void skip_primary() {
    int depth = 0;
    for (skip(); at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '{' || c == '(')
        ++depth;
      else if (c == '}' || c == ')') {
        if (depth-- == 0)
          return;
        if (depth == 0 && (at_ + 1 == text_.size() || text_[at_ + 1] != '{')) {
          ++at_;
          return;
        }
      } else if (depth == 0 && (c == ',' || c == ' ' || c == '<' || c == '>'))
        return;
    }
  }

  TypeVar *variable() {
    std::string first = name();
    Value *lower = nullptr, *upper = nullptr;
    if (eat("<:"))
      upper = type();
    else if (eat(">:"))
      lower = type();
    TypeVar *var = make_typevar(Symbol::intern(first), lower, upper);
    scopes_.push_back({first, var});
    return var;
  }

  Value *primary() {
    skip();
    if (eat("(:") || eat("()"))
      return symbols();
    if (eat("(")) {
      Value *t = type();
      eat(")") || (fail(") is missing"), true);
      return t;
    }
    if (eat(":"))
      return symbol_value(name());
    if (isdigit(static_cast<unsigned char>(text_[at_])))
      return box_int64(task_, std::stoll(name()));
    Value *t = named(name());
    return eat("{") ? applied(t) : t;
  }

  Value *symbols() {
    if (text_[at_ - 1] == ')')
      return make_tuple(task_, nullptr, 0);
    GcVector<Value *> names{symbol_value(name())};
    while (eat(","))
      if (eat(":"))
        names.push_back(symbol_value(name()));
    eat(")") || (fail(") is missing"), true);
    return make_tuple(task_, names.data(), uint32_t(names.size()));
  }

  Value *named(const std::string &n) {
    for (size_t i = scopes_.size(); i-- > 0;)
      if (scopes_[i].name == n)
        return scopes_[i].var;
    if (n == "Union")
      return types::Union_;
    if (auto known = test_types().find(n); known != test_types().end())
      return known->second;
    Value *v = global_value(modules::Core, Symbol::intern(n));
    if (!v)
      fail(("no type " + n).c_str());
    return v;
  }

  Value *applied(Value *constructor) {
    GcVector<Value *> parameters;
    GcVector<TypeVar *> anonymous;
    while (!eat("}")) {
      bool below = eat("<:"), above = !below && eat(">:");
      Value *t = type();
      if (below || above) {
        anonymous.push_back(make_typevar(Symbol::intern("#s"), above ? t : nullptr, below ? t : nullptr));
        t = anonymous.back();
      }
      parameters.push_back(t);
      eat(",");
    }
    return wrap_vars(apply_type(task_, constructor, parameters), anonymous);
  }

  Task *task_;
  std::string_view text_;
  size_t at_ = 0;
  std::vector<Scope, GcAllocator<Scope>> scopes_;
};

inline Value *read_type(Task *task, std::string_view text) {
  return TypeReader(task, text).read();
}

} // namespace jl::test
