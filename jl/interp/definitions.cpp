// SPDX-License-Identifier: MIT
// What a running program defines: methods, functions, constants, globals. Compiled code comes here through
// jl_define.
#include "jl/interp/interpret.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

Value *define_function(Task *task, const Definition &definition) {
  Binding *binding = get_binding_for_method(task, definition.module, definition.name);
  if (Value *value = binding->value.load(std::memory_order_acquire)) {
    if (binding->is_const || is_type(value))
      return value;
    throw_error(task,
                "cannot define function " + std::string(definition.name.text()) + "; it already has a value");
  }
  Value *function = new_generic_function(definition.module, definition.name);
  set_const(task, binding, function);
  return function;
}

Value *callee_type(const Definition &definition, Value *callee) {
  if (definition.callee == Definition::Callee::Type)
    return callee;
  return is_type(callee) ? type_of_type(callee) : type_of(callee);
}

/// Tuple{callee, types...} under the static parameters.
Value *method_signature(Task *task, const Definition &definition, Value **operands) {
  auto *types = static_cast<SimpleVector *>(operands[1]);
  auto *sparams = static_cast<SimpleVector *>(operands[2]);
  GcVector<Value *> all;
  if (definition.keyword_call) {
    all.push_back(type_of(global_value(modules::Core, Symbol::intern("kwcall"))));
    all.push_back(types::NamedTuple);
  }
  all.push_back(callee_type(definition, operands[0]));
  all.insert(all.end(), types->data, types->data + types->length);
  for (Value *type : all)
    if (!is_type(type) && type_of(type) != types::TypeVar_ && type_of(type) != types::Vararg_)
      throw_type_error(task, "method definition", types::Type, type);
  Value *signature = make_tuple_type(all);
  for (size_t i = sparams->length; i-- > 0;)
    signature = make_union_all(static_cast<TypeVar *>(sparams->data[i]), signature);
  return signature;
}

/// The template's code with captured values in place of its first constants.
CodeInfo *with_captured(const CodeInfo *source, Value **captured, uint32_t n) {
  auto *copy = static_cast<CodeInfo *>(alloc_object(current_task(), types::CodeInfo_, sizeof(CodeInfo)));
  new (copy) CodeInfo(*source);
  std::copy_n(captured, n, copy->constants.begin());
  return copy;
}

Method *copy_template(const Definition &definition) {
  const Method *from = definition.method_template;
  Method *method = new_method(definition.module, from->name);
  method->nargs = from->nargs;
  method->is_vararg = from->is_vararg;
  method->nkw = from->nkw;
  method->nospecialize = from->nospecialize;
  method->called_args = from->called_args;
  method->keyword_names = from->keyword_names;
  method->file = from->file;
  method->line = from->line;
  method->pending = from->pending;
  method->is_generated = from->is_generated;
  method->source = from->source.load(std::memory_order_acquire);
  return method;
}

Value *define_method(Task *task, const Definition &definition, Value **operands, uint32_t n) {
  Method *method = definition.is_only_one ? definition.method_template : copy_template(definition);
  method->sig = method_signature(task, definition, operands);
  method->sparam_names = static_cast<SimpleVector *>(operands[2]);
  if (n > 3)
    method->source = with_captured(method->source.load(std::memory_order_acquire), operands + 3, n - 3);
  add_method(task, method, definition.is_only_one ? EqualMethod::IsNotThere : EqualMethod::MayBeThere);
  // Only top-level code defines: what comes after the definition sees it, compiled or interpreted.
  task->world = current_world();
  return nothing_value();
}

Value *define_const(Task *task, const Definition &definition, Value **operands, uint32_t n) {
  Binding *binding = get_binding_for_write(task, definition.module, definition.name);
  if (n == 0)
    return nothing_value();
  set_const(task, binding, operands[0]);
  return operands[0];
}

Value *declare_global(Task *task, const Definition &definition, Value **operands, uint32_t n) {
  Binding *binding = get_binding_for_write(task, definition.module, definition.name);
  if (n > 0 && !types_equal(binding->type, operands[0])) {
    if (binding->value.load() && !is_a(binding->value.load(), operands[0])) {
      throw_error(task, "cannot set type for global " + std::string(definition.name.text()) +
                            ". It already has a value or is already set to a different type.");
    }
    binding->type = operands[0];
    invalidate_binding(binding);
  }
  return nothing_value();
}

} // namespace

Value *run_definition(Task *task, const Definition &definition, Value **operands, uint32_t n) {
  switch (definition.kind) {
  case Definition::Kind::Method:
    return define_method(task, definition, operands, n);
  case Definition::Kind::Function:
    return define_function(task, definition);
  case Definition::Kind::Const:
    return define_const(task, definition, operands, n);
  case Definition::Kind::Global:
    return declare_global(task, definition, operands, n);
  }
  return nothing_value();
}

} // namespace jl
