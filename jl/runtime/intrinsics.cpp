// SPDX-License-Identifier: MIT
#include "jl/runtime/abi.h"

#include <array>
#include <mutex>
#include <string>

#include "jl/runtime/gc.h"
#include "jl/runtime/intrinsics_internal.h"

namespace jl {

namespace {

constexpr size_t kCount = size_t(Intrinsic::kCount);

constexpr std::string_view kNames[] = {
#define INTRINSIC(name, n) #name,
#include "jl/runtime/intrinsics.def"
#undef INTRINSIC
};
constexpr int kArity[] = {
#define INTRINSIC(name, n) n,
#include "jl/runtime/intrinsics.def"
#undef INTRINSIC
};

IntrinsicFn find_implementation(Intrinsic i) {
  for (auto table : {integer_intrinsic, float_intrinsic, conversion_intrinsic, pointer_intrinsic})
    if (IntrinsicFn function = table(i))
      return function;
  return nullptr;
}

const std::array<IntrinsicFn, kCount> &implementations() {
  static const auto table = [] {
    std::array<IntrinsicFn, kCount> made;
    for (size_t i = 0; i < kCount; i++)
      made[i] = find_implementation(Intrinsic(i));
    return made;
  }();
  return table;
}

} // namespace

std::string_view intrinsic_name(Intrinsic i) {
  return kNames[size_t(i)];
}
int intrinsic_arity(Intrinsic i) {
  return kArity[size_t(i)];
}

Value *intrinsic_value(Intrinsic i) {
  static std::array<Value *, kCount> values;
  static std::once_flag once;
  std::call_once(once, [] {
    for (uint32_t n = 0; n < kCount; n++) {
      values[n] = alloc_object(nullptr, types::IntrinsicFunction, sizeof(uint64_t));
      memcpy(static_cast<void *>(values[n]), &n, sizeof n);
    }
  });
  return values[size_t(i)];
}

Intrinsic intrinsic_of(const Value *f) {
  return type_of(f) == types::IntrinsicFunction ? Intrinsic(unbox_uint32(f)) : Intrinsic::kCount;
}

void throw_intrinsic_error(Task *task, Intrinsic which, std::string_view what) {
  throw_error(task, std::string(intrinsic_name(which)) + ": " + std::string(what));
}

DataType *primitive_type(Task *task, Intrinsic which, Value *type) {
  auto *t = static_cast<DataType *>(type);
  if (type_of(type) != types::DataType_ || !t->is_primitive || !t->layout)
    throw_intrinsic_error(task, which, "target type not a leaf primitive type");
  return t;
}

DataType *primitive_type_of(Task *task, Intrinsic which, const Value *v) {
  DataType *type = type_of(v);
  if (!type->is_primitive)
    throw_intrinsic_error(task, which, "value is not a primitive type");
  return type;
}

DataType *common_type(Task *task, Intrinsic which, Value **args) {
  DataType *type = primitive_type_of(task, which, args[0]);
  if (type_of(args[1]) != type)
    throw_intrinsic_error(task, which, "types of a and b must match");
  return type;
}

Value *run_intrinsic(Task *task, Intrinsic i, Value **args, uint32_t n) {
  if (int(n) != intrinsic_arity(i))
    throw_error(task, "wrong number of arguments to intrinsic " + std::string(intrinsic_name(i)) +
                          ": expected " + std::to_string(intrinsic_arity(i)) + ", got " + std::to_string(n));
  return implementations()[size_t(i)](task, i, args);
}

} // namespace jl
