// SPDX-License-Identifier: MIT
#include <utility>

#include "jl/content/closures.h"
#include "jl/content/content.h"
#include "jl/content/describe.h"
#include "jl/lower/function_syntax.h"
#include "jl/runtime/module.h"

namespace jl::content {

void Describer::method(Method *method) {
  if (depth_ == Depth::Hashed)
    return hashed(method);
  tag(Tag::Method);
  if (depth_ == Depth::Shallow) {
    value(method->sig);
    return method_content(method);
  }
  Bytes bytes;
  Describer inner(bytes);
  inner.value(method->sig);
  inner.module(method->module);
  inner.to_.text(masked_name(method->name)); // a closure's method is called by its number
  const char *why_not = nullptr;
  std::optional<Hash> content = method_content_hash(method, &why_not);
  if (!content)
    return fail(why_not);
  if (inner.failure())
    return fail(inner.failure());
  inner.to_.hash(*content);
  to_.bytes(bytes);
}

void Describer::method_content(Method *method) {
  bool was_in_code = std::exchange(in_code_, true);
  method_says(method);
  in_code_ = was_in_code;
}

void Describer::method_says(Method *method) {
  for (bool fact : {method->is_vararg, method->is_generated, method->builtin != nullptr})
    to_.byte(fact);
  to_.number(uint64_t(method->nargs));
  to_.number(uint64_t(method->nkw));
  to_.number(method->nospecialize);
  to_.number(method->called_args);
  optional(method->keyword_names);
  if (is_library_method(method)) {
    to_.hash(build_id());
    to_.name(method->file);
    return to_.integer(method->line);
  }
  if (method->pending)
    return syntax(*static_cast<const PendingBody *>(method->pending));
  CodeInfo *source = method->source.load(std::memory_order_acquire);
  if (!source)
    return fail("a method without code");
  file_ = method->file;
  line_ = method->line;
  code_info(*source);
}

void Describer::instance(MethodInstance *instance) {
  if (!instance->def) {
    tag(Tag::Thunk);
    module(instance->module);
    Bytes bytes;
    Describer code(bytes, Depth::Hashed);
    code.code_info(*instance->thunk);
    if (code.failure())
      return fail(code.failure());
    return to_.hash(sha256(bytes));
  }
  if (depth_ == Depth::Hashed)
    return hashed(instance);
  Bytes bytes;
  Describer inner(bytes);
  inner.specialisation(instance);
  if (inner.failure())
    return fail(inner.failure());
  tag(Tag::MethodInstance);
  to_.bytes(bytes);
}

/// What an instance is but for top-level code.
void Describer::specialisation(MethodInstance *instance) {
  method(instance->def);
  value(instance->spec_types);
  to_.number(instance->sparams->length);
  for (size_t i = 0; i < instance->sparams->length; i++) {
    Value *v = instance->sparams->data[i];
    bool is_known = v && type_of(v) != types::TypeVar_; // else the types do not say
    to_.byte(is_known);
    if (is_known)
      value(v);
  }
  if (!instance->def->is_generated)
    return;
  std::optional<Hash> body = generated_body_hash(instance);
  if (!body)
    return fail("a generated method whose body has no content, or is not made yet");
  to_.hash(*body);
}

std::optional<Hash> generated_body_hash(MethodInstance *instance) {
  if (!instance->thunk)
    return std::nullopt;
  Bytes bytes;
  Describer body(bytes, Describer::Depth::Hashed);
  body.set_origin(instance->def->file, instance->def->line);
  body.code_info(*instance->thunk);
  return body.failure() ? std::nullopt : std::optional(sha256(bytes));
}

void Describer::code(CodeInstance *code) {
  if (code->made)
    return fail("code that the program made");
  tag(Tag::Code);
  instance(code->def);
  value(code->rettype);
  optional(code->rettype_const);
  to_.number(code->effects);
}

// --- Lowered code ---

void Describer::operands(std::span<const Operand> operands) {
  to_.number(operands.size());
  for (Operand o : operands)
    to_.number(o.bits);
}

void Describer::foreign_calls(std::span<const ForeignCall> calls) {
  to_.number(calls.size());
  for (const ForeignCall &call : calls) {
    Operand ends[] = {call.function, call.result_type};
    operands(ends);
    operands(call.argument_types);
    to_.number(call.fixed_arguments);
    to_.name(call.convention);
  }
}

void Describer::definition(const Definition &definition) {
  to_.byte(uint8_t(definition.kind));
  module(definition.module);
  to_.text(definition.kind == Definition::Kind::Method
               ? masked_name(definition.name)
               : std::string(definition.name ? definition.name.text() : std::string_view()));
  to_.byte(uint8_t(definition.callee));
  to_.byte(definition.keyword_call);
  to_.byte(definition.method_template != nullptr);
  if (!definition.method_template)
    return;
  if (++level_ >= 100)
    return fail("definitions in definitions");
  Symbol file = file_;
  int32_t line = line_;
  method_content(definition.method_template);
  file_ = file;
  line_ = line;
  level_--;
}

void Describer::code_says(const CodeInfo &code) {
  if (!file_) {
    file_ = code.file;
    line_ = code.first_line;
  }
  module(code.module);
  to_.number(code.nargs);
  for (bool fact : {code.is_vararg, code.is_toplevel, code.declared_inline, code.declared_noinline,
                    code.propagate_inbounds, code.constprop_aggressive, code.constprop_none,
                    code.assume_foldable, code.assume_nothrow, code.assume_terminates})
    to_.byte(fact);
  to_.number(code.slots.size());
  for (const Slot &slot : code.slots) {
    to_.name(slot.name);
    to_.byte(slot.used_undefined | slot.assigned_once << 1 | slot.is_argument << 2);
  }
  to_.number(code.constants.size());
  for (Value *one : code.constants)
    constant(one);
  to_.number(code.globals.size());
  for (GlobalRef *ref : code.globals)
    value(ref);
  to_.number(code.lines.size());
  for (const LineInfo &line : code.lines)
    to_.integer(line.file == file_ ? line.line - line_ : -1);
  foreign_calls(code.foreign_calls);
  to_.number(code.definitions.size());
  for (const Definition &one : code.definitions)
    definition(one);
  to_.number(code.statements.size());
  for (const Stmt &s : code.statements) {
    to_.byte(uint8_t(s.op));
    to_.byte(s.flags);
    to_.number(s.target);
    to_.number(s.dest);
    to_.number(s.line);
    operands(code.args(s));
  }
}

} // namespace jl::content
