// SPDX-License-Identifier: MIT
#include "jl/runtime/arrays.h"

#include <algorithm>
#include <cstring>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/values.h"

namespace jl {

// Offsets of the elements from the payload, so that they are aligned: blocks are 16-byte aligned, large ones
// to a page, and the payload begins 8 bytes into the block.
static constexpr size_t kSmallOffset = 24;
static constexpr size_t kLargeOffset = 56;
static constexpr size_t kLarge = 2048;

// --- Types ------------------------------------------------------------------------------------------------

ElementLayout element_layout(const DataType *memory_type) {
  Value *element = memory_type->parameters->data[1];
  bool is_inline = is_stored_inline(element);
  return {element, is_inline ? element_size(element) : sizeof(Value *), is_inline};
}

DataType *memory_type_of(Task *task, Value *element_type) {
  return static_cast<DataType *>(apply_type(task, types::Memory, {&element_type, 1}));
}

DataType *array_type_of(Task *task, Value *element_type, int64_t rank) {
  Value *parameters[] = {element_type, box_int64(task, rank)};
  return static_cast<DataType *>(apply_type(task, types::Array, parameters));
}

DataType *memory_type_of_array(DataType *array_type) {
  if (!array_type->types)
    return memory_type_of(current_task(), array_type->parameters->data[0]);
  auto *ref_type = static_cast<DataType *>(array_type->types->data[0]);
  return static_cast<DataType *>(ref_type->types->data[1]);
}

bool is_array(const Value *v) {
  return is_instance_of_wrapper(type_of(v), types::Array);
}

bool is_memory(const Value *v) {
  return is_instance_of_wrapper(type_of(v), types::Memory);
}

// --- Memory -----------------------------------------------------------------------------------------------

static size_t checked_bytes(Task *task, const ElementLayout &layout, int64_t n) {
  size_t bytes;
  if (n < 0 || __builtin_mul_overflow(size_t(n), std::max<size_t>(layout.size, 1), &bytes) ||
      bytes >= size_t(INT64_MAX))
    throw_argument_error(task, "invalid GenericMemory size: the number of elements is either negative or too "
                               "large for system address width");
  return size_t(n) * layout.size;
}

static bool has_pointers(const ElementLayout &layout) {
  return !layout.is_inline || static_cast<DataType *>(layout.type)->layout->has_pointers;
}

Memory *new_memory(Task *task, DataType *memory_type, int64_t n) {
  ElementLayout layout = element_layout(memory_type);
  size_t bytes = checked_bytes(task, layout, n);
  size_t offset = bytes >= kLarge ? kLargeOffset : kSmallOffset;
  bool pooled = task && offset + bytes <= kLargestPooledPayload;
  Value *object = pooled || has_pointers(layout) ? alloc_scanned_object(task, memory_type, offset + bytes)
                                                 : alloc_opaque_object(memory_type, offset + bytes);
  auto *memory = static_cast<Memory *>(object);
  memory->length = size_t(n);
  memory->ptr = reinterpret_cast<char *>(memory) + offset;
  return memory;
}

static Value *get_element(Task *task, const ElementLayout &layout, void *base, size_t i) {
  if (!layout.is_inline)
    return static_cast<Value **>(base)[i];
  auto *type = static_cast<DataType *>(layout.type);
  char *p = static_cast<char *>(base) + i * layout.size;
  uint32_t first = type->layout->first_pointer;
  if (type->layout->has_pointers && first != ~0u && !reinterpret_cast<void **>(p)[first])
    return nullptr;
  return box_at(task, type, p);
}

static void put_element(const ElementLayout &layout, void *base, size_t i, Value *v) {
  size_t bytes = layout.is_inline ? static_cast<DataType *>(layout.type)->layout->size : layout.size;
  store_value(static_cast<char *>(base) + i * layout.size, v, bytes, !layout.is_inline);
}

Value *memory_get(Task *task, const Memory *memory, size_t i) {
  return get_element(task, element_layout(type_of(memory)), memory->ptr, i);
}

void memory_put(Memory *memory, size_t i, Value *v) {
  put_element(element_layout(type_of(memory)), memory->ptr, i, v);
}

Value *array_get(Task *task, const Array *a, size_t i) {
  return get_element(task, element_layout(type_of(a->ref.mem)), a->ref.ptr, i);
}

void array_put(Array *a, size_t i, Value *v) {
  put_element(element_layout(type_of(a->ref.mem)), a->ref.ptr, i, v);
}

// --- Arrays -----------------------------------------------------------------------------------------------

static int64_t checked_length(Task *task, std::span<const int64_t> dims) {
  int64_t length = 1;
  bool bad = false, empty = false;
  for (int64_t dim : dims) {
    bad |= dim < 0;
    empty |= dim == 0;
  }
  for (int64_t dim : dims)
    bad |= !empty && __builtin_mul_overflow(length, dim, &length);
  if (bad)
    throw_argument_error(task, "invalid Array dimensions");
  return empty ? 0 : length;
}

Array *new_array(Task *task, DataType *array_type, std::span<const int64_t> dims) {
  Memory *memory = new_memory(task, memory_type_of_array(array_type), checked_length(task, dims));
  size_t bytes = sizeof(Array) + dims.size() * sizeof(size_t);
  auto *array = static_cast<Array *>(alloc_scanned_object(task, array_type, bytes));
  array->ref = {memory->ptr, memory};
  std::copy(dims.begin(), dims.end(), array->dims);
  return array;
}

Array *new_vector(Task *task, DataType *vector_type, int64_t n) {
  return new_array(task, vector_type, {&n, 1});
}

Array *new_vector_any(Task *task, int64_t n) {
  return new_vector(task, types::VectorAny, n);
}

Array *new_vector_any(Task *task, std::initializer_list<Value *> values) {
  Array *vector = new_vector_any(task, int64_t(values.size()));
  std::copy(values.begin(), values.end(), vector->data<Value *>());
  return vector;
}

/// How many elements fit from the vector's first one to the end of its memory.
static size_t capacity(const Array *vector) {
  const Memory *memory = vector->ref.mem;
  size_t offset = size_t(vector->data<Value *>() - static_cast<Value **>(memory->ptr));
  return memory->length - offset;
}

void push(Task *task, Array *vector, Value *v) {
  size_t length = vector->dims[0];
  if (length == capacity(vector)) {
    Memory *grown =
        new_memory(task, type_of(vector->ref.mem), int64_t(std::max<size_t>(8, length + length / 2)));
    memcpy(grown->ptr, vector->ref.ptr, length * sizeof(Value *));
    vector->ref = {grown->ptr, grown};
  }
  vector->data<Value *>()[length] = v;
  vector->dims[0] = length + 1;
}

size_t array_rank(const Array *a) {
  return size_t(unbox_int64(type_of(a)->parameters->data[1]));
}

size_t array_length(const Array *a) {
  size_t length = 1;
  for (size_t i = 0, rank = array_rank(a); i < rank; i++)
    length *= a->dims[i];
  return length;
}

} // namespace jl
