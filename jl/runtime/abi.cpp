// SPDX-License-Identifier: MIT
// The functions of abi.def: thin doors from generated code to the runtime.
#include "jl/runtime/abi.h"

#include "jl/runtime/arrays.h"
#include "jl/runtime/builtins.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

#define RUNTIME extern "C" __attribute__((visibility("default")))

using namespace jl;

namespace jl {
static DefineHook define_hook = nullptr;
void set_define_hook(DefineHook hook) {
  define_hook = hook;
}
} // namespace jl

// --- Making ---

/// A loop that only allocates is hardly ever found outside the runtime.
static void look_for_interrupt(Task *task) {
  if (task->interrupt_pending.load(std::memory_order_relaxed)) [[unlikely]]
    jl_stack_check(task);
}

RUNTIME Value *jl_alloc(Task *task, DataType *type, int64_t bytes) {
  look_for_interrupt(task);
  return alloc_object(task, type, size_t(bytes));
}

RUNTIME Value *jl_memory_new(Task *task, DataType *type, int64_t n) {
  look_for_interrupt(task);
  return new_memory(task, type, n);
}

RUNTIME Value *jl_new_struct(Task *task, Value *type, Value **args, uint32_t n) {
  return new_struct(task, static_cast<DataType *>(type), args, n);
}

RUNTIME Value *jl_new_struct_from_tuple(Task *task, Value *type, Value *tuple) {
  return new_struct_from_tuple(task, static_cast<DataType *>(type), tuple);
}

RUNTIME Value *jl_box_tuple(Task *task, Value **args, uint32_t n) {
  return make_tuple(task, args, n);
}

RUNTIME Value *jl_shared_int64(int64_t v) {
  return shared_box(types::Int64, &v);
}

RUNTIME Value *jl_copy_ast(Task *task, Value *v) {
  return copy_ast(task, v);
}

RUNTIME Value *jl_define(Task *task, const void *definition, Value **operands, uint32_t n) {
  return define_hook(task, definition, operands, n);
}

// --- Calling ---

RUNTIME Value *jl_apply(Task *task, Value *f, Value **args, uint32_t n) {
  return apply(task, f, args, n);
}

/// `operands`: the function, the result type, `n` argument types and `n` arguments.
RUNTIME Value *jl_foreign_call(Task *task, Value **operands, uint32_t n, uint32_t fixed) {
  ForeignSignature signature{operands[0], operands[1], {}, fixed};
  signature.argument_types.assign(operands + 2, operands + 2 + n);
  return call_foreign(task, signature, operands + 2 + n, n);
}

RUNTIME Value *jl_invoke(Task *task, Value *f, Value **args, uint32_t n, CodeInstance *code) {
  if (auto invoke = reinterpret_cast<InvokeFn>(code->entry.invoke.load(std::memory_order_acquire)))
    return invoke(f, args, n, code, task);
  return invoke_instance(task, code->def, f, args, n);
}

// --- Asking ---

RUNTIME uint8_t jl_isa(Value *v, Value *type) {
  return type_of(v) == type || is_a(v, type);
}
RUNTIME uint8_t jl_subtype(Value *a, Value *b) {
  return is_subtype(a, b);
}
RUNTIME uint8_t jl_egal(Value *a, Value *b) {
  return a == b || egal(a, b);
}

// --- Globals and fields ---

RUNTIME Value *jl_global_get(Task *task, Binding *binding) {
  return read_binding(task, binding);
}

RUNTIME void jl_global_set(Task *task, Binding *binding, Value *v) {
  set_global(task, get_binding_for_write(task, binding->module, binding->name), v);
}

// --- Throwing and catching ---

RUNTIME void jl_throw(Task *task, Value *exception) {
  throw_value(task, exception);
}

RUNTIME void jl_throw_bounds(Task *task, Value *collection, const int64_t *indices, uint32_t n) {
  GcVector<Value *> boxed;
  for (uint32_t i = 0; i < n; i++)
    boxed.push_back(box_int64(task, indices[i]));
  throw_bounds_error(task, collection, n == 1 ? boxed[0] : make_tuple(task, boxed.data(), n));
}

RUNTIME void jl_throw_bounds_field(Task *task, Value *object, int64_t index) {
  throw_bounds_error(task, object, box_int64(task, index));
}

RUNTIME void jl_throw_undef_var(Task *task, Value *symbol, Value *scope) {
  throw_undef_var(task, symbol_of(symbol), scope);
}

RUNTIME void jl_throw_undef_ref(Task *task) {
  throw_undef_ref(task);
}
RUNTIME void jl_throw_divide(Task *task) {
  throw_divide_error(task);
}

RUNTIME void jl_throw_type(Task *task, Value *context, Value *expected, Value *got) {
  throw_type_error(task, symbol_of(context).text(), expected, got);
}

RUNTIME Value *jl_current_exception(Task *task) {
  return current_exception(task);
}
RUNTIME void jl_pop_exception(Task *task, uint32_t depth) {
  pop_exception(task, depth);
}
