// SPDX-License-Identifier: MIT
// Builtins about Memory and MemoryRef.
#include "jl/runtime/builtins.h"

#include "jl/runtime/arrays.h"
#include "jl/runtime/types_internal.h"

namespace jl {

namespace {

bool is_memory_ref(const Value *v) {
  return is_instance_of_wrapper(type_of(v), types::MemoryRef);
}

MemoryRef ref_argument(Task *task, std::string_view function, Value *v) {
  if (!is_memory_ref(v))
    throw_type_error(task, function, types::MemoryRef, v);
  return unbox<MemoryRef>(v);
}

/// 0-based position of the element that a reference points to. Zero-size elements all lie at one address.
size_t offset_of(const MemoryRef &ref, const ElementLayout &layout) {
  if (layout.size == 0)
    return 0;
  return size_t(static_cast<char *>(ref.ptr) - static_cast<char *>(ref.mem->ptr)) / layout.size;
}

Value *box_ref(Task *task, DataType *type, MemoryRef ref) {
  Value *box = alloc_scanned_object(task, type, sizeof ref);
  memcpy(static_cast<void *>(box), &ref, sizeof ref);
  return box;
}

/// GenericMemoryRef{kind,T,space} of a GenericMemory{kind,T,space}.
DataType *ref_type_of(Task *task, DataType *memory_type) {
  auto *primary = static_cast<DataType *>(unwrap_union_all(types::MemoryRef));
  SimpleVector *p = memory_type->parameters;
  return static_cast<DataType *>(apply_type(task, primary->name->wrapper, std::span(p->data, p->length)));
}

bool bool_argument(Task *task, std::string_view function, Value *v) {
  check_type(task, function, types::Bool, v);
  return unbox_bool(v);
}

/// The reference must point to an element of its memory.
size_t checked_offset(Task *task, const MemoryRef &ref, const ElementLayout &layout) {
  size_t i = offset_of(ref, layout);
  if (i >= ref.mem->length)
    throw_bounds_error(task, ref.mem, box_int64(task, int64_t(i) + 1));
  return i;
}

Value *moved_ref(Task *task, Value **args, bool check) {
  MemoryRef ref = ref_argument(task, "memoryrefnew", args[0]);
  check_type(task, "memoryrefnew", types::Int64, args[1]);
  ElementLayout layout = element_layout(type_of(ref.mem));
  int64_t by = unbox_int64(args[1]) - 1;
  if (check && uint64_t(offset_of(ref, layout)) + uint64_t(by) >= ref.mem->length)
    throw_bounds_error(task, args[0], args[1]);
  return box_ref(task, type_of(args[0]), {static_cast<char *>(ref.ptr) + by * int64_t(layout.size), ref.mem});
}

} // namespace

Value *builtin_memorynew(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "memorynew", n, 2, 2);
  check_type(task, "memorynew", types::DataType_, args[0]);
  check_type(task, "memorynew", types::Int64, args[1]);
  if (auto *type = static_cast<DataType *>(args[0]);
      type->name != types::GenericMemoryTypeName || type->has_free_typevars)
    throw_type_error(task, "memorynew", types::Memory, args[0]);
  return new_memory(task, static_cast<DataType *>(args[0]), unbox_int64(args[1]));
}

Value *builtin_memoryrefnew(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "memoryrefnew", n, 1, 3);
  if (n > 1)
    return moved_ref(task, args, n < 3 || bool_argument(task, "memoryrefnew", args[2]));
  if (!is_memory(args[0]))
    throw_type_error(task, "memoryrefnew", types::Memory, args[0]);
  auto *memory = static_cast<Memory *>(args[0]);
  return box_ref(task, ref_type_of(task, type_of(memory)), {memory->ptr, memory});
}

Value *builtin_memoryrefget(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "memoryrefget", n, 3, 3);
  MemoryRef ref = ref_argument(task, "memoryrefget", args[0]);
  ElementLayout layout = element_layout(type_of(ref.mem));
  Value *v = memory_get(task, ref.mem, checked_offset(task, ref, layout));
  if (!v)
    throw_undef_ref(task);
  return v;
}

Value *builtin_memoryrefset(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "memoryrefset!", n, 4, 4);
  MemoryRef ref = ref_argument(task, "memoryrefset!", args[0]);
  ElementLayout layout = element_layout(type_of(ref.mem));
  if (type_of(args[1]) != layout.type && !is_a(args[1], layout.type))
    throw_type_error(task, "memoryrefset!", layout.type, args[1]);
  memory_put(ref.mem, checked_offset(task, ref, layout), args[1]);
  return args[1];
}

Value *builtin_memoryref_isassigned(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "memoryref_isassigned", n, 3, 3);
  MemoryRef ref = ref_argument(task, "memoryref_isassigned", args[0]);
  ElementLayout layout = element_layout(type_of(ref.mem));
  size_t i = offset_of(ref, layout);
  return bool_value(i < ref.mem->length && memory_get(task, ref.mem, i) != nullptr);
}

Value *builtin_memoryrefoffset(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "memoryrefoffset", n, 1, 1);
  MemoryRef ref = ref_argument(task, "memoryrefoffset", args[0]);
  return box_int64(task, int64_t(offset_of(ref, element_layout(type_of(ref.mem)))) + 1);
}

} // namespace jl
