// SPDX-License-Identifier: MIT
#include "jl/runtime/ffi_signature.h"

#include <algorithm>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

[[noreturn]] void throw_unsupported(Task *task, Value *type) {
  throw_error(task, "ccall: a value of type " + type_to_string(type) + " cannot be passed to or from C");
}

/// A type that says its size keeps it and the alignment: libffi works out neither.
ffi_type *ffi_struct(std::initializer_list<ffi_type *> elements, size_t size, uint32_t alignment) {
  auto **list = static_cast<ffi_type **>(gc_alloc_scanned((elements.size() + 1) * sizeof(ffi_type *)));
  std::copy(elements.begin(), elements.end(), list);
  auto *made = static_cast<ffi_type *>(gc_alloc_scanned(sizeof(ffi_type)));
  *made = {size, static_cast<unsigned short>(alignment), FFI_TYPE_STRUCT, list};
  return made;
}

/// Bytes on the stack, whatever their size: long double is what never goes in registers.
ffi_type *ffi_bytes(const CPassing &passing) {
  return ffi_struct({&ffi_type_longdouble}, passing.size, passing.alignment);
}

ffi_type *ffi_scalar(Value *type, const CPassing &passing) {
  if (type == types::Float64)
    return &ffi_type_double;
  if (type == types::Float32 || type == types::Float16) // a half is the low bits of its register
    return &ffi_type_float;
  bool is_signed = passing.is_signed;
  switch (passing.size) {
  case 1:
    return is_signed ? &ffi_type_sint8 : &ffi_type_uint8;
  case 2:
    return is_signed ? &ffi_type_sint16 : &ffi_type_uint16;
  case 4:
    return is_signed ? &ffi_type_sint32 : &ffi_type_uint32;
  default:
    return is_signed ? &ffi_type_sint64 : &ffi_type_uint64;
  }
}

ffi_type *ffi_word(const CWord &word) {
  if (word.is_float)
    return word.bytes > 4 ? &ffi_type_double : &ffi_type_float;
  return &ffi_type_uint64;
}

ffi_type *ffi_result(Task *task, Value *type, const CPassing &passing) {
  switch (passing.place) {
  case CPlace::Nothing:
    return &ffi_type_void;
  case CPlace::Scalar:
    return ffi_scalar(type, passing);
  case CPlace::Words:
    if (passing.n_words == 1)
      return ffi_word(passing.words[0]);
    return ffi_struct({ffi_word(passing.words[0]), ffi_word(passing.words[1])}, 16, 8);
  case CPlace::Memory: // of more than two words: what they hold decides nothing
    return ffi_struct({&ffi_type_uint64, &ffi_type_uint64, &ffi_type_uint64}, passing.size,
                      passing.alignment);
  case CPlace::Object:
    return &ffi_type_pointer;
  case CPlace::Unsupported:
    break;
  }
  throw_unsupported(task, type);
}

/// What C makes of small arguments behind `...`.
ffi_type *promoted(ffi_type *type) {
  return type == &ffi_type_float ? &ffi_type_double : type->size < 4 ? &ffi_type_sint32 : type;
}

void add_parameter(Task *task, FfiSignature &signature, CRegisters &registers, Value *type, bool is_fixed) {
  FfiParameter parameter{type, c_passing(type)};
  const CPassing &passing = parameter.passing;
  parameter.first = uint32_t(signature.types.size());
  if (passing.place == CPlace::Unsupported)
    throw_unsupported(task, type);
  if (passing.place == CPlace::Scalar || passing.place == CPlace::Object) {
    bool is_scalar = passing.place == CPlace::Scalar;
    ffi_type *scalar = is_scalar ? ffi_scalar(type, passing) : &ffi_type_pointer;
    signature.types.push_back(is_fixed ? scalar : promoted(scalar));
    parameter.is_promoted = signature.types.back() != scalar;
    registers.take_scalar(type, passing);
  } else if (passing.place == CPlace::Words && registers.take(passing)) {
    for (unsigned i = 0; i < passing.n_words; i++)
      signature.types.push_back(ffi_word(passing.words[i]));
  } else if (passing.place != CPlace::Nothing) {
    signature.types.push_back(ffi_bytes(passing));
  }
  parameter.count = uint32_t(signature.types.size()) - parameter.first;
  signature.parameters.push_back(parameter);
}

} // namespace

FfiSignature *make_ffi_signature(Task *task, Value *result, std::span<Value *const> types, uint32_t fixed) {
  auto *signature = gc_new<FfiSignature>();
  signature->result_type = result;
  CPassing passing = c_passing(result);
  CRegisters registers;
  if (passing.place == CPlace::Memory)
    registers.integer--;
  uint32_t n_fixed = 0;
  for (size_t i = 0; i < types.size(); i++) {
    add_parameter(task, *signature, registers, types[i], i < fixed);
    if (i < fixed)
      n_fixed = uint32_t(signature->types.size());
  }
  auto n = uint32_t(signature->types.size());
  ffi_type *c_result = ffi_result(task, result, passing);
  ffi_status status =
      fixed < types.size()
          ? ffi_prep_cif_var(&signature->cif, FFI_DEFAULT_ABI, n_fixed, n, c_result, signature->types.data())
          : ffi_prep_cif(&signature->cif, FFI_DEFAULT_ABI, n, c_result, signature->types.data());
  if (status != FFI_OK)
    throw_error(task, "ccall: the argument types have no C calling convention");
  return signature;
}

bool is_passed_as_bits(const CPassing &passing) {
  return passing.place == CPlace::Scalar || passing.place == CPlace::Words || passing.place == CPlace::Memory;
}

size_t ffi_result_size(Value *type) {
  return std::max<size_t>(c_passing(type).size + 8, 2 * sizeof(ffi_arg)); // small integers come back widened
}

Value *box_from_c(Task *task, Value *type, void *bytes) {
  CPassing passing = c_passing(type);
  if (is_passed_as_bits(passing))
    return box_at(task, static_cast<DataType *>(type), bytes);
  if (passing.place == CPlace::Nothing)
    return type == types::Bottom_ ? nothing_value() : static_cast<DataType *>(type)->instance;
  Value *object = *static_cast<Value **>(bytes);
  if (!object)
    throw_undef_ref(task);
  return object;
}

} // namespace jl
