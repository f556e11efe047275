// SPDX-License-Identifier: MIT
#include "jl/runtime/opaque_closure.h"

#include "jl/runtime/exceptions.h"
#include "jl/runtime/task.h"

namespace jl {

OpaqueClosure *new_opaque_closure(Task *task, Value *closure, MethodInstance *instance, Value *argument_types,
                                  Value *result_type) {
  Value *parameters[] = {argument_types, result_type};
  auto *type = static_cast<DataType *>(apply_type(task, types::OpaqueClosure, parameters));
  auto *made = static_cast<OpaqueClosure *>(alloc_scanned_object(task, type, sizeof(OpaqueClosure)));
  made->captures = closure;
  made->world = task->world;
  made->source = instance->def;
  made->instance = instance;
  made->result_is_checked = true;
  return made;
}

Value *opaque_closure_result(Value *type) {
  if (!is_opaque_closure_type(type))
    return nullptr;
  Value *result = (*static_cast<DataType *>(type)->parameters)[1];
  return type_of(result) == types::TypeVar_ ? nullptr : result;
}

static OpaqueEntryHook entry_hook = nullptr;

void set_opaque_entry_hook(OpaqueEntryHook hook) {
  entry_hook = hook;
}

extern "C" __attribute__((visibility("default"))) void *jl_opaque_entry(Task *task, Value *closure) {
  return entry_hook(task, static_cast<OpaqueClosure *>(closure));
}

Value *opaque_call_types(Value *type) {
  Value *result = opaque_closure_result(type);
  if (!result || has_free_typevars(type))
    return nullptr;
  Value *given = (*static_cast<DataType *>(type)->parameters)[0];
  if (type_of(given) != types::DataType_)
    return nullptr;
  SimpleVector *parameters = static_cast<DataType *>(given)->parameters;
  GcVector<Value *> all{type};
  all.insert(all.end(), parameters->data, parameters->data + parameters->length);
  return type_of(all.back()) == types::Vararg_ ? nullptr : make_tuple_type(all);
}

namespace {

/// The type of argument `i`, or null when there are not so many.
Value *argument_type(SimpleVector *parameters, uint32_t i) {
  size_t n = parameters->length;
  if (n == 0 || (i >= n && type_of((*parameters)[n - 1]) != types::Vararg_))
    return nullptr;
  Value *type = (*parameters)[std::min<size_t>(i, n - 1)];
  if (type_of(type) != types::Vararg_)
    return type;
  Value *element = static_cast<Vararg *>(type)->t;
  return element ? element : types::Any;
}

bool takes(SimpleVector *parameters, uint32_t n) {
  size_t length = parameters->length;
  bool is_open = length && type_of((*parameters)[length - 1]) == types::Vararg_;
  return is_open ? n + 1 >= length : n == length;
}

void check_arguments(Task *task, OpaqueClosure *closure, Value **args, uint32_t n) {
  auto *given = static_cast<DataType *>(unwrap_union_all((*type_of(closure)->parameters)[0]));
  if (!takes(given->parameters, n))
    throw_method_error(task, closure, args, n, closure->world);
  for (uint32_t i = 0; i < n; i++)
    if (Value *type = argument_type(given->parameters, i);
        type && !has_free_typevars(type) && !is_a(args[i], type))
      throw_type_error(task, "typeassert", type, args[i]);
}

Value *run(Task *task, OpaqueClosure *closure, Value **args, uint32_t n) {
  CodeInstance *code = closure->code.load(std::memory_order_acquire);
  if (!code) {
    CodeInstance *found = find_code_instance(closure->instance, task->world, can_be_entered);
    if (!found || !found->is_inferred)
      return invoke_instance(task, closure->instance, closure->captures, args, n);
    closure->code.store(code = found, std::memory_order_release);
  }
  auto invoke = reinterpret_cast<InvokeFn>(code->entry.invoke.load(std::memory_order_acquire));
  return invoke(closure->captures, args, n, code, task);
}

} // namespace

// When it throws, catching restores the world.
Value *call_opaque_closure(Task *task, Value *f, Value **args, uint32_t n) {
  auto *closure = static_cast<OpaqueClosure *>(f);
  check_arguments(task, closure, args, n);
  uint64_t world = task->world;
  task->world = closure->world;
  Value *result = run(task, closure, args, n);
  task->world = world;
  Value *expected = (*type_of(closure)->parameters)[1];
  if (closure->result_is_checked && !is_a(result, expected))
    throw_type_error(task, "typeassert", expected, result);
  return result;
}

} // namespace jl
