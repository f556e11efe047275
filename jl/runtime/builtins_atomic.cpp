// SPDX-License-Identifier: MIT
// Builtins that read and write a field in one step, whatever other threads do: swapfield!, modifyfield!,
// replacefield!, setfieldonce!.
#include <atomic>
#include <cstring>
#include <mutex>

#include "jl/runtime/builtins.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/symbols.h"

namespace jl {

namespace {

/// What a field held, and whether it was replaced.
struct Exchange {
  Value *old;
  bool success;
};

/// `expected`: null when anything is, also nothing at all.
bool is_expected(Value *old, Value *expected) {
  return !expected || old == expected || (old && egal(old, expected));
}

void *field_address(Value *object, size_t i) {
  return reinterpret_cast<char *>(object) + type_of(object)->layout->fields[i].offset;
}

Exchange exchange_pointer(void *place, Value *expected, Value *value) {
  std::atomic_ref<Value *> field(*static_cast<Value **>(place));
  Value *old = field.load();
  do {
    if (!is_expected(old, expected))
      return {old, false};
  } while (!field.compare_exchange_weak(old, value));
  return {old, true};
}

template <class Word>
Exchange exchange_bits(Task *task, DataType *type, void *place, Value *expected, Value *value) {
  std::atomic_ref<Word> field(*static_cast<Word *>(place));
  Word desired;
  memcpy(&desired, static_cast<void *>(value), sizeof desired);
  Word old = field.load();
  for (;;) {
    Value *boxed = box_at(task, type, &old);
    if (!is_expected(boxed, expected))
      return {boxed, false};
    Word seen = old;
    if (field.compare_exchange_strong(seen, desired))
      return {boxed, true};
    old = seen;
  }
}

template <class Word> Value *load_bits(Task *task, DataType *type, void *place) {
  Word bits = std::atomic_ref<Word>(*static_cast<Word *>(place)).load();
  return box_at(task, type, &bits);
}

/// Null if the field is undefined.
Value *load_at_once(Task *task, Value *object, size_t i) {
  void *place = field_address(object, i);
  if (type_of(object)->layout->fields[i].is_pointer)
    return std::atomic_ref<Value *>(*static_cast<Value **>(place)).load();
  auto *type = static_cast<DataType *>(type_of(object)->types->data[i]);
  switch (type->layout->size) {
  case 1:
    return load_bits<uint8_t>(task, type, place);
  case 2:
    return load_bits<uint16_t>(task, type, place);
  case 4:
    return load_bits<uint32_t>(task, type, place);
  default:
    return load_bits<uint64_t>(task, type, place);
  }
}

std::mutex wide_fields; // that no machine instruction exchanges

Exchange exchange_locked(Task *task, Value *object, size_t i, Value *expected, Value *value) {
  RuntimeLock lock(wide_fields);
  Value *old = get_field(task, object, i);
  if (!is_expected(old, expected))
    return {old, false};
  put_field(object, i, value);
  return {old, true};
}

Value *check_stored(Task *task, std::string_view function, Value *object, size_t i, Value *value) {
  Value *wanted = type_of(object)->types->data[i];
  if (type_of(value) != wanted && !is_a(value, wanted))
    throw_type_error(task, function, wanted, value);
  return wanted;
}

Exchange exchange(Task *task, std::string_view function, Value *object, size_t i, Value *expected,
                  Value *value) {
  Value *wanted = check_stored(task, function, object, i, value);
  if (!is_exchanged_at_once(type_of(object), i))
    return exchange_locked(task, object, i, expected, value);
  void *place = field_address(object, i);
  if (type_of(object)->layout->fields[i].is_pointer)
    return exchange_pointer(place, expected, value);
  auto *type = static_cast<DataType *>(wanted);
  switch (type->layout->size) {
  case 1:
    return exchange_bits<uint8_t>(task, type, place, expected, value);
  case 2:
    return exchange_bits<uint16_t>(task, type, place, expected, value);
  case 4:
    return exchange_bits<uint32_t>(task, type, place, expected, value);
  default:
    return exchange_bits<uint64_t>(task, type, place, expected, value);
  }
}

/// old => new, once Base has Pair; a tuple before.
Value *make_pair(Task *task, Value *old, Value *value) {
  Value *pair = modules::Base ? global_value(modules::Base, Symbol::intern("Pair")) : nullptr;
  if (!pair)
    return make_tuple(task, {old, value});
  Value *parameters[] = {type_of(old), type_of(value)};
  Value *fields[] = {old, value};
  return new_struct(task, static_cast<DataType *>(apply_type(task, pair, parameters)), fields, 2);
}

} // namespace

bool is_exchanged_at_once(const DataType *type, size_t i) {
  const FieldLayout &field = type->layout->fields[i];
  if (field.is_pointer)
    return true;
  Value *stored = type->types->data[i];
  if (type_of(stored) != types::DataType_)
    return false;
  const auto *layout = static_cast<DataType *>(stored)->layout;
  bool is_word = layout && (layout->size == 1 || layout->size == 2 || layout->size == 4 || layout->size == 8);
  return is_word && field.offset % layout->size == 0 && !layout->has_pointers;
}

Value *read_field_atomically(Task *task, Value *object, size_t i) {
  Value *v;
  if (is_exchanged_at_once(type_of(object), i)) {
    v = load_at_once(task, object, i);
  } else {
    RuntimeLock lock(wide_fields);
    v = get_field(task, object, i);
  }
  return v ? v : (throw_undef_ref(task), nullptr);
}

void write_field_atomically(Task *task, std::string_view function, Value *object, size_t i, Value *v) {
  exchange(task, function, object, i, nullptr, v);
}

Value *builtin_swapfield(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "swapfield!", n, 3, 4);
  size_t i = writable_position(task, "swapfield!", args);
  Value *old = exchange(task, "swapfield!", args[0], i, nullptr, args[2]).old;
  if (!old)
    throw_undef_ref(task);
  return old;
}

/// Computes again when the field has changed meanwhile.
Value *builtin_modifyfield(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "modifyfield!", n, 4, 5);
  size_t i = writable_position(task, "modifyfield!", args);
  for (;;) {
    Value *operands[] = {read_field_atomically(task, args[0], i), args[3]};
    Value *old = operands[0];
    Value *value = apply(task, args[2], operands, 2);
    if (exchange(task, "modifyfield!", args[0], i, old, value).success)
      return make_pair(task, old, value);
  }
}

Value *builtin_replacefield(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "replacefield!", n, 4, 6);
  size_t i = writable_position(task, "replacefield!", args);
  Exchange done = exchange(task, "replacefield!", args[0], i, args[2], args[3]);
  if (!done.old)
    throw_undef_ref(task);
  Symbol names[] = {Symbol::intern("old"), Symbol::intern("success")};
  Value *values[] = {done.old, bool_value(done.success)};
  return make_named_tuple(task, names, values);
}

/// Only fields that hold a pointer can be without a value.
Value *builtin_setfieldonce(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "setfieldonce!", n, 3, 5);
  size_t i = writable_position(task, "setfieldonce!", args);
  check_stored(task, "setfieldonce!", args[0], i, args[2]);
  if (!type_of(args[0])->layout->fields[i].is_pointer)
    return false_value();
  std::atomic_ref<Value *> field(*static_cast<Value **>(field_address(args[0], i)));
  Value *unset = nullptr;
  return bool_value(field.compare_exchange_strong(unset, args[2]));
}

} // namespace jl
