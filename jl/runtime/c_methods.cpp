// SPDX-License-Identifier: MIT
// Functions, methods and world ages for Base's reflection; copying elements of Memory.
#include <cstring>

#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

using namespace jl;

// --- Functions ---

C_EXPORT Value *jl_function_name(Value *f) {
  TypeName *name = type_of(f)->name;
  return symbol_value(name->function_name ? name->function_name : name->name);
}

C_EXPORT Value *jl_function_module(Value *f) {
  return type_of(f)->name->module;
}

C_EXPORT uint8_t jl_type_more_specific(Value *a, Value *b) {
  return more_specific(a, b);
}

static GcVector<Value *> tuple_elements(Value *tuple) {
  GcVector<Value *> flat(tuple_length(tuple));
  for (uint32_t i = 0; i < flat.size(); i++)
    flat[i] = tuple_field(current_task(), tuple, i);
  return flat;
}

// --- World ages ---

C_EXPORT uint64_t jl_task_world() {
  return current_task()->world;
}

C_EXPORT Value *jl_invoke_in_world(uint64_t world, Value *f, Value *arguments) {
  Task *task = current_task();
  GcVector<Value *> flat = tuple_elements(arguments);
  uint64_t before = task->world;
  task->world = std::min(world, current_world());
  Value *result = apply(task, f, flat.data(), uint32_t(flat.size())); // a throw puts the handler's world back
  task->world = before;
  return result;
}

// --- Memory ---

static void check_range(const Memory *memory, int64_t offset, int64_t n) {
  if (offset < 0 || n < 0 || uint64_t(offset) + uint64_t(n) > memory->length) {
    Task *task = current_task();
    throw_bounds_error(task, const_cast<Memory *>(memory),
                       box_int64(task, offset < 0 ? offset + 1 : offset + n));
  }
}

C_EXPORT void jl_memory_copy(Value *dest, int64_t dest_offset, Value *src, int64_t src_offset, int64_t n) {
  auto *to = static_cast<Memory *>(dest), *from = static_cast<Memory *>(src);
  if (type_of(to) != type_of(from))
    throw_type_error(current_task(), "jl_memory_copy", type_of(to), from);
  if (n == 0)
    return;
  check_range(to, dest_offset, n);
  check_range(from, src_offset, n);
  size_t size = element_layout(type_of(to)).size;
  memmove(static_cast<char *>(to->ptr) + size_t(dest_offset) * size,
          static_cast<char *>(from->ptr) + size_t(src_offset) * size, size_t(n) * size);
}
