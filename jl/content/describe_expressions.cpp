// SPDX-License-Identifier: MIT
// Expressions and lines in code. An expression may change, and is itself what the program means; a line is
// where the code is now. So what a quote stands for is found as a constant of the lowered code, never made
// again. What code says is another matter: there an expression is what it looks like, and its lines, and
// those that are constants by themselves, count from the code's first (inference looks into neither).
#include <algorithm>

#include "jl/content/describe.h"
#include "jl/infer/typed.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"

namespace jl::content {

namespace {

struct Place {
  MethodInstance *instance; // whose code it stands in
  size_t number;
};

/// The code that calls of the instance run, if it has been lowered.
const CodeInfo *lowered_code(const MethodInstance *instance) {
  return instance->thunk ? instance->thunk
         : instance->def ? instance->def->source.load(std::memory_order_acquire)
                         : nullptr;
}

std::optional<Place> find_place(const TypedIR &ir, const Value *v) {
  for (const InlineScope &scope : ir.scopes) {
    const CodeInfo *code = lowered_code(scope.instance);
    if (!code)
      continue;
    auto found = std::find(code->constants.begin(), code->constants.end(), v);
    if (found != code->constants.end())
      return Place{scope.instance, size_t(found - code->constants.begin())};
  }
  return std::nullopt;
}

} // namespace

/// False where no code holds it.
bool Describer::by_place(Value *v) {
  std::optional<Place> place = typed_ && !in_code_ ? find_place(*typed_, v) : std::nullopt;
  if (!place)
    return false;
  tag(Tag::CodeConstant);
  if (place->instance->thunk)
    instance(place->instance);
  else
    method(place->instance->def);
  to_.number(place->number);
  return true;
}

void Describer::expression(Expr *expr) {
  if (in_code_)
    expression_itself(expr);
  else if (!by_place(expr))
    named(expr);
}

void Describer::expression_itself(Expr *expr) {
  tag(Tag::Expr);
  to_.name(expr->head->name);
  to_.number(expr->args->dims[0]);
  bool were_relative = std::exchange(lines_relative_, true);
  for (size_t i = 0; i < expr->args->dims[0]; i++)
    optional(expr->args->data<Value *>()[i]);
  lines_relative_ = were_relative;
}

void Describer::line_number(LineNumberNode *line) {
  if (by_place(line))
    return;
  tag(Tag::LineNumber);
  bool is_relative =
      in_code_ && lines_relative_ && file_ && is_symbol(line->file) && symbol_of(line->file) == file_;
  to_.byte(is_relative);
  to_.integer(is_relative ? line->line - line_ : line->line);
  if (!is_relative)
    value(line->file);
}

/// A constant of lowered code.
void Describer::constant(Value *v) {
  lines_relative_ = type_of(v) == types::LineNumberNode_;
  value(v);
  lines_relative_ = false;
}

} // namespace jl::content
