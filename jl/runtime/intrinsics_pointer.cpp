// SPDX-License-Identifier: MIT
// Raw pointers: Ptr{T} is a primitive type of 64 bits.
#include "jl/runtime/intrinsics_internal.h"

#include "jl/runtime/foreign_call.h"

namespace jl {

namespace {

DataType *pointer_type(Task *task, Intrinsic which, Value *pointer) {
  DataType *type = type_of(pointer);
  if (type->name != static_cast<DataType *>(unwrap_union_all(types::Ptr))->name)
    throw_type_error(task, intrinsic_name(which), types::Ptr, pointer);
  return type;
}

int64_t index_argument(Task *task, Intrinsic which, Value *v) {
  if (type_of(v) != types::Int64)
    throw_type_error(task, intrinsic_name(which), types::Int64, v);
  return unbox_int64(v);
}

/// Where element `index` (1-based) of a Ptr{T} lies.
char *element_address(Task *task, Intrinsic which, Value *pointer, Value *index, Value *element) {
  size_t size = is_stored_inline(element) ? element_size(element) : sizeof(Value *);
  return unbox_pointer<char>(pointer) + (index_argument(task, which, index) - 1) * int64_t(size);
}

Value *pointerref(Task *task, Intrinsic which, Value **args) {
  Value *element = pointer_type(task, which, args[0])->parameters->data[0];
  char *p = element_address(task, which, args[0], args[1], element);
  if (is_stored_inline(element))
    return box_at(task, static_cast<DataType *>(element), p);
  Value *v = unbox<Value *>(reinterpret_cast<Value *>(p));
  if (!v)
    throw_undef_ref(task);
  return v;
}

Value *pointerset(Task *task, Intrinsic which, Value **args) {
  Value *element = pointer_type(task, which, args[0])->parameters->data[0];
  if (!is_a(args[1], element))
    throw_type_error(task, "pointerset", element, args[1]);
  char *p = element_address(task, which, args[0], args[2], element);
  bool is_inline = is_stored_inline(element);
  store_value(p, args[1], is_inline ? static_cast<DataType *>(element)->layout->size : sizeof(Value *),
              !is_inline);
  return args[0];
}

template <int sign> Value *offset_pointer(Task *task, Intrinsic which, Value **args) {
  DataType *type = primitive_type_of(task, which, args[0]);
  if (type->layout->size != 8 || primitive_type_of(task, which, args[1])->layout->size != 8)
    throw_intrinsic_error(task, which, "expected a pointer and an integer of 64 bits");
  uint64_t offset = unbox_uint64(args[1]);
  uint64_t result = unbox_uint64(args[0]) + (sign < 0 ? 0 - offset : offset);
  return box_bits(task, type, &result);
}

Value *cglobal(Task *task, Intrinsic, Value **args) {
  void *address = resolve_foreign(task, args[0]);
  Value *element = args[1];
  auto *type = static_cast<DataType *>(apply_type(task, types::Ptr, {&element, 1}));
  return box_bits(task, type, &address);
}

} // namespace

IntrinsicFn pointer_intrinsic(Intrinsic i) {
  switch (i) {
  case Intrinsic::pointerref:
    return pointerref;
  case Intrinsic::pointerset:
    return pointerset;
  case Intrinsic::add_ptr:
    return offset_pointer<1>;
  case Intrinsic::sub_ptr:
    return offset_pointer<-1>;
  case Intrinsic::cglobal:
    return cglobal;
  default:
    return nullptr;
  }
}

} // namespace jl
