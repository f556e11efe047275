// SPDX-License-Identifier: MIT
// Memory and Array for C++ code.
//
// The elements of a Memory follow its header in the same object, 16-byte aligned (64 from 2 KiB on). Elements
// of inline type lie in place, others are Value* (null = undefined). The compiled and interpreted
// `memoryref*` builtins agree with the functions here.
#pragma once

#include <initializer_list>
#include <span>

#include "jl/runtime/types.h"

namespace jl {

/// How elements of one Memory type lie.
struct ElementLayout {
  Value *type;    // element type
  size_t size;    // stride in bytes
  bool is_inline; // else Value*
};
/// Of GenericMemory{kind,T,space} or GenericMemoryRef{kind,T,space}.
ElementLayout element_layout(const DataType *memory_type);

/// A Memory of `n` elements; pointers are cleared, bits are not. Throws ArgumentError on a length that cannot
/// be, OutOfMemoryError.
Memory *new_memory(Task *task, DataType *memory_type, int64_t n);
/// Memory{element_type}.
DataType *memory_type_of(Task *task, Value *element_type);
/// Array{element_type,rank}.
DataType *array_type_of(Task *task, Value *element_type, int64_t rank);
/// The Memory type under Array{T,N}.
DataType *memory_type_of_array(DataType *array_type);

Array *new_array(Task *task, DataType *array_type, std::span<const int64_t> dims);
Array *new_vector(Task *task, DataType *vector_type, int64_t n);
/// Vector{Any}: what C++ code builds lists in.
Array *new_vector_any(Task *task, int64_t n = 0);
Array *new_vector_any(Task *task, std::initializer_list<Value *> values);
/// Appends to a Vector of pointers, growing it geometrically.
void push(Task *task, Array *vector, Value *v);

size_t array_rank(const Array *a);
size_t array_length(const Array *a);
inline std::span<Value *> any_elements(const Array *a) {
  return {a->data<Value *>(), a->dims[0]};
}
bool is_array(const Value *v);
bool is_memory(const Value *v);

/// Element `i` (0-based, unchecked), boxed; null for an undefined reference.
Value *memory_get(Task *task, const Memory *memory, size_t i);
void memory_put(Memory *memory, size_t i, Value *v);
Value *array_get(Task *task, const Array *a, size_t i);
void array_put(Array *a, size_t i, Value *v);

} // namespace jl
