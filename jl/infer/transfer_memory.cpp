// SPDX-License-Identifier: MIT
// Memory{T}, MemoryRef{T} and what reads and writes through them.
#include "jl/infer/transfer.h"

namespace jl::inference {

static DataType *plain(Value *type) {
  return type_of(type) == types::DataType_ ? static_cast<DataType *>(type) : nullptr;
}

Value *memory_element(Value *type) {
  if (!is_instance_of_wrapper(type, types::Memory) && !is_instance_of_wrapper(type, types::MemoryRef))
    return nullptr;
  Value *element = static_cast<DataType *>(type)->parameters->data[1];
  return is_type(element) && !has_free_typevars(element) ? element : nullptr;
}

/// MemoryRef{T} for Memory{T} or MemoryRef{T}.
static Lat reference_type(Value *type) {
  if (is_instance_of_wrapper(type, types::MemoryRef))
    return {type};
  Value *element = memory_element(type);
  if (!element)
    return {types::MemoryRef};
  return {apply_type(current_task(), types::MemoryRef, {&element, 1})};
}

/// May an element of this type be an undefined reference?
static bool may_be_undefined(Value *element) {
  if (!is_stored_inline(element))
    return true;
  DataType *data = plain(element);
  return !data || !data->layout || data->layout->has_pointers;
}

static Transfer transfer_refnew(Lats args) {
  Lat type = reference_type(args[0].type);
  uint32_t effects = kConsistent | kEffectFree | kTerminates;
  bool unchecked = args.size() == 3 && is_const_bool(args[2], false);
  if (memory_element(args[0].type) && (args.size() == 1 || (unchecked && args[1].type == types::Int64)))
    effects |= kNothrow;
  return {type, effects};
}

static Transfer transfer_refget(Lats args) {
  uint32_t effects = kEffectFree | kTerminates;
  Value *element = memory_element(args[0].type);
  if (!element)
    return {any(), effects};
  // The empty reference past the end is what the check here looks for; else only an undefined element throws.
  if (!may_be_undefined(element) && args.size() == 3 && is_const_bool(args[2], false))
    effects |= kNothrow;
  return {lat_type(element), effects};
}

static Transfer transfer_refset(Lats args) {
  uint32_t effects = kTerminates;
  Value *element = memory_element(args[0].type);
  if (element && surely_isa(args[1], element) && args.size() == 4 && is_const_bool(args[3], false))
    effects |= kNothrow;
  if (element && never_isa(args[1], element))
    return {bottom(), effects};
  return {args[1], effects};
}

Transfer transfer_memory(Builtin builtin, Lats args) {
  switch (builtin) {
  case Builtin::memorynew:
    return {lat_type(instance_type(args[0])), kEffectFree | kTerminates};
  case Builtin::memoryrefnew:
    return transfer_refnew(args);
  case Builtin::memoryrefget:
    return transfer_refget(args);
  case Builtin::memoryrefset:
    return args.size() < 2 ? Transfer{bottom(), kTerminates} : transfer_refset(args);
  case Builtin::memoryref_isassigned:
    return {lat_type(types::Bool), kEffectFree | kTerminates};
  default: // memoryrefoffset
    return {lat_type(types::Int64),
            kConsistent | kEffectFree | kTerminates | (memory_element(args[0].type) ? kNothrow : 0u)};
  }
}

} // namespace jl::inference
