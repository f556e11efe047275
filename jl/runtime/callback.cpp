// SPDX-License-Identifier: MIT
#include "jl/runtime/callback.h"

#include <cstring>
#include <mutex>
#include <span>

#include "jl/runtime/builtins.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/ffi_signature.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/foreign_thread.h"
#include "jl/runtime/method.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

/// A callback of libffi's. Lies in collected memory; the closure, which does not, points to it.
struct Callback {
  Value *f;
  SimpleVector *types;
  FfiSignature *signature;
  ffi_closure *closure;
};

CallbackHook callback_hook = nullptr;
LlvmCallHook llvm_call_hook = nullptr;

/// One argument, from the words that libffi has it in.
Value *receive(Task *task, const FfiParameter &parameter, void **words) {
  alignas(16) char bytes[16];
  void *place = parameter.count == 0 ? nullptr : words[parameter.first];
  if (parameter.count == 2) {
    std::memcpy(bytes, words[parameter.first], 8);
    std::memcpy(bytes + 8, words[parameter.first + 1], 8);
    place = bytes;
  }
  Value *pointee = callback_pointee(parameter.type);
  if (!pointee)
    return box_from_c(task, parameter.type, place);
  void *target = *static_cast<void **>(place);
  if (!target)
    throw_undef_ref(task);
  bool is_inline = is_stored_inline(pointee);
  return is_inline ? box_at(task, static_cast<DataType *>(pointee), target) : static_cast<Value *>(target);
}

void give_result(Task *task, Value *type, Value *value, void *result) {
  CPassing passing = c_passing(type);
  if (passing.place == CPlace::Nothing)
    return;
  if (!is_passed_as_bits(passing)) {
    *static_cast<Value **>(result) = value;
    return;
  }
  if (type_of(value) != type)
    throw_type_error(task, "cfunction", type, value);
  if (passing.place == CPlace::Scalar)
    std::memset(result, 0, sizeof(ffi_arg));
  std::memcpy(result, value, passing.size);
  if (passing.is_signed && passing.size < 4)
    *static_cast<ffi_sarg *>(result) =
        passing.size == 1 ? *static_cast<int8_t *>(result) : *static_cast<int16_t *>(result);
}

/// What C calls, by way of libffi. A throw leaves it by a jump, so nothing here needs a destructor.
void enter_callback(ffi_cif *, void *result, void **words, void *data) {
  auto *callback = static_cast<Callback *>(data);
  Task *task = jl_current_task();
  const GcVector<FfiParameter> &parameters = callback->signature->parameters;
  auto n = uint32_t(parameters.size());
  auto **arguments = static_cast<Value **>(gc_alloc_scanned((n + 1) * sizeof(Value *)));
  for (uint32_t i = 0; i < n; i++)
    arguments[i] = receive(task, parameters[i], words);
  Value *value = apply_latest(task, callback->f, arguments, n);
  give_result(task, callback->signature->result_type, value, result);
}

Callback *make_callback(Task *task, Value *f, Value *result, SimpleVector *types) {
  auto *callback = gc_new<Callback>();
  callback->f = f;
  callback->types = types;
  callback->signature =
      make_ffi_signature(task, result, {types->data, types->length}, uint32_t(types->length));
  return callback;
}

void *activate(Task *task, Callback *callback) {
  void *code = nullptr;
  callback->closure = static_cast<ffi_closure *>(ffi_closure_alloc(sizeof(ffi_closure), &code));
  if (!callback->closure || ffi_prep_closure_loc(callback->closure, &callback->signature->cif, enter_callback,
                                                 callback, code) != FFI_OK)
    throw_error(task, "cfunction: no memory for a callback");
  return code;
}

bool is_same(const Callback *callback, Value *f, Value *result, SimpleVector *types) {
  if (callback->f != f || callback->signature->result_type != result ||
      callback->types->length != types->length)
    return false;
  for (size_t i = 0; i < types->length; i++)
    if (callback->types->data[i] != types->data[i])
      return false;
  return true;
}

/// Pointers that were given out, for ever.
struct Known {
  Callback *callback;
  void *code;
};
std::mutex mutex;
GcVector<Known> *known = nullptr; // a root: the collector scans static data

void *find_known_locked(Value *f, Value *result, SimpleVector *types) {
  if (known)
    for (const Known &entry : *known)
      if (is_same(entry.callback, f, result, types))
        return entry.code;
  return nullptr;
}

void *find_known(Value *f, Value *result, SimpleVector *types) {
  RuntimeLock lock(mutex);
  return find_known_locked(f, result, types);
}

/// `code`, or what another thread has made for the same meanwhile: a function has one pointer.
void *add_known(Callback *callback, void *code) {
  RuntimeLock lock(mutex);
  if (void *first = find_known_locked(callback->f, callback->signature->result_type, callback->types))
    return first;
  if (!known)
    known = gc_new<GcVector<Known>>();
  known->push_back({callback, code});
  return code;
}

void check_types(Task *task, Value *result, SimpleVector *types) {
  if (!is_type(result))
    throw_type_error(task, "cfunction", types::Type, result);
  for (size_t i = 0; i < types->length; i++)
    if (!is_type(types->data[i]))
      throw_type_error(task, "cfunction", types::Type, types->data[i]);
}

} // namespace

void set_callback_hook(CallbackHook hook) {
  callback_hook = hook;
}

void set_llvm_call_hook(LlvmCallHook hook) {
  llvm_call_hook = hook;
}

Value *builtin_llvmcall(Task *task, Value *f, Value **args, uint32_t n) {
  check_arity(task, "llvmcall", n, 3);
  check_type(task, "llvmcall", types::Type, args[1]);
  check_type(task, "llvmcall", types::Type, args[2]);
  if (!is_tuple_type(args[2]) || static_cast<DataType *>(args[2])->parameters->length != n - 3)
    throw_error(task, "llvmcall: " + std::to_string(n - 3) + " arguments for " + type_to_string(args[2]));
  auto code =
      llvm_call_hook ? reinterpret_cast<ArgsFn>(llvm_call_hook(task, args[0], args[1], args[2])) : nullptr;
  if (!code)
    throw_error(task, "`llvmcall` must be compiled to be called");
  return code(f, args + 3, n - 3, task);
}

Value *callback_pointee(Value *type) {
  if (!is_instance_of_wrapper(type, types::Ref))
    return nullptr;
  Value *referenced = static_cast<DataType *>(type)->parameters->data[0];
  return is_type(referenced) && !has_free_typevars(referenced) ? referenced : nullptr;
}

void *callback_pointer(Task *task, Value *f, Value *result, SimpleVector *types) {
  if (void *code = find_known(f, result, types))
    return code;
  check_types(task, result, types);
  Callback *callback = make_callback(task, f, result, types);
  void *code = callback_hook ? callback_hook(task, f, result, types) : nullptr;
  if (!code)
    code = activate(task, callback);
  return add_known(callback, code);
}

} // namespace jl

using namespace jl;

C_EXPORT void *jl_cfunction(Value *f, Value *result, Value *types) {
  return callback_pointer(current_task(), f, result, static_cast<SimpleVector *>(types));
}

/// For a closure. `keep` gets what must stay alive as long as the pointer, which is given back with it.
C_EXPORT void *jl_cfunction_closure(Value *f, Value *result, Value *types, void **keep) {
  Task *task = current_task();
  auto *list = static_cast<SimpleVector *>(types);
  check_types(task, result, list);
  Callback *callback = make_callback(task, f, result, list);
  void *code = activate(task, callback);
  on_block_unreachable(callback, ffi_closure_free,
                       callback->closure); // also when `f` reaches what it is kept by
  *keep = callback;
  return code;
}
