// SPDX-License-Identifier: MIT
#include "jl/runtime/strings.h"

#include <cstring>

#include "jl/runtime/gc.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/types.h"

namespace jl {

String *alloc_string(Task *task, size_t length) {
  if (length > SIZE_MAX / 2)
    throw_out_of_memory(SIZE_MAX);
  size_t bytes = sizeof(String) + length + 1;
  // Short ones come from the task's free lists: being scanned costs them less than the allocator's lock.
  Value *object = task && bytes <= kLargestPooledPayload ? alloc_object(task, types::String_, bytes)
                                                         : alloc_opaque_object(types::String_, bytes);
  String *s = static_cast<String *>(object);
  s->length = length;
  s->data[length] = 0;
  return s;
}

String *new_string(Task *task, std::string_view text) {
  String *s = alloc_string(task, text.size());
  text.copy(s->data, text.size());
  return s;
}

bool is_string(const Value *v) {
  return type_of(v) == types::String_;
}

} // namespace jl
