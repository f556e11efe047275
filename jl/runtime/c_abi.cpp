// SPDX-License-Identifier: MIT
#include "jl/runtime/c_abi.h"

#include <algorithm>
#include <bit>

#include "jl/runtime/values.h"

namespace jl {

namespace {

bool is_float_type(Value *type) {
  return type == types::Float64 || type == types::Float32 || type == types::Float16;
}

/// What is known of a word so far.
struct WordScan {
  bool has_integer = false;
  unsigned scalars = 0, float32s = 0;
  uint32_t end = 0; // of the data, in bytes from the word's start
  Value *first = nullptr;
  uint32_t first_offset = 0;

  void add(Value *type, uint32_t offset, uint32_t size) {
    has_integer |= !is_float_type(type);
    float32s += type == types::Float32;
    if (scalars++ == 0)
      first = type, first_offset = offset;
    end = std::max(end, std::min<uint32_t>(offset + size, 8));
  }
};

void scan(DataType *type, uint32_t base, WordScan *words) {
  uint32_t size = type->layout->size;
  if (!type->is_primitive) {
    for (uint32_t i = 0; i < type->layout->nfields; i++)
      scan(static_cast<DataType *>(type->types->data[i]), base + type->layout->fields[i].offset, words);
    return;
  }
  words[base / 8].add(type, base % 8, size);
  for (uint32_t at = 8; at < size; at += 8) // the upper half of 128 bits
    words[(base + at) / 8].add(type, 0, std::min<uint32_t>(size - at, 8));
}

CWord word_of(const WordScan &scan, uint32_t size) {
  CWord word;
  word.is_float = !scan.has_integer;
  word.is_packed = word.is_float && scan.float32s == 2;
  word.bytes = uint8_t(scan.has_integer ? size : scan.end);
  uint32_t only_size = scan.first ? static_cast<DataType *>(scan.first)->layout->size : 0;
  if (scan.scalars == 1 && scan.first_offset == 0 && only_size <= 8 && std::has_single_bit(only_size))
    word.only = scan.first, word.bytes = uint8_t(only_size);
  return word;
}

void classify_bytes(DataType *type, CPassing &passing) {
  passing.alignment = std::max<uint32_t>(8, type->layout->alignment);
  passing.place = CPlace::Memory;
  if (passing.size > 16)
    return;
  passing.place = CPlace::Words;
  passing.n_words = uint8_t((passing.size + 7) / 8);
  WordScan words[2];
  scan(type, 0, words);
  for (uint32_t i = 0; i < passing.n_words; i++)
    passing.words[i] = word_of(words[i], std::min<uint32_t>(passing.size - 8 * i, 8));
}

} // namespace

CPassing c_passing(Value *type) {
  CPassing passing;
  if (type == types::Nothing || type == types::Bottom_)
    passing.place = CPlace::Nothing;
  if (type_of(type) != types::DataType_)
    return passing;
  auto *t = static_cast<DataType *>(type);
  if (!t->layout || !t->is_bits || t->has_free_typevars)
    return passing;
  passing.size = t->layout->size;
  if (t->is_primitive && !(std::has_single_bit(passing.size) && passing.size <= 16))
    passing.place = CPlace::Unsupported;
  else if (t->is_primitive && passing.size <= 8)
    passing.place = CPlace::Scalar, passing.is_signed = is_subtype(t, types::Signed);
  else if (passing.size == 0)
    passing.place = CPlace::Nothing;
  else
    classify_bytes(t, passing);
  return passing;
}

const char *c_result_problem(Value *type) {
  if (c_passing(type).place != CPlace::Object || type == types::Any ||
      is_instance_of_wrapper(type, types::Ref))
    return nullptr;
  if (!is_concrete_type(type))
    return "return type doesn't correspond to a C type";
  auto *t = static_cast<DataType *>(type);
  bool is_struct = t->layout && t->layout->nfields > 0;
  return is_struct && !is_mutable_type(type) ? "return type struct fields cannot contain a reference"
                                             : nullptr;
}

bool CRegisters::take(const CPassing &passing) {
  unsigned integers = 0, floats = 0;
  for (unsigned i = 0; i < passing.n_words; i++)
    (passing.words[i].is_float ? floats : integers)++;
  if (integers > integer || floats > floating)
    return false;
  integer -= integers;
  floating -= floats;
  return true;
}

void CRegisters::take_scalar(Value *type, const CPassing &passing) {
  unsigned &left = passing.place == CPlace::Scalar && is_float_type(type) ? floating : integer;
  if (left > 0)
    left--;
}

} // namespace jl
