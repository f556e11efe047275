// SPDX-License-Identifier: MIT
// Numbers in the names that lowering makes up. Each module counts for itself, in a global that no source text
// can name, so that a name depends on the module's text and on nothing else.
#pragma once

#include "jl/runtime/module.h"
#include "jl/runtime/values.h"

namespace jl {

/// Raises the module's counter by `by` and gives what it was; a new one is 0. Any thread.
inline uint64_t count_up(Task *task, Module *module, Symbol counter, uint64_t by = 1) {
  Binding *binding = get_binding_for_write(task, module, counter);
  Value *old = binding->value.load();
  uint64_t n;
  do
    n = old ? unbox_uint64(old) : 0;
  while (!binding->value.compare_exchange_weak(old, box_uint64(task, n + by)));
  return n;
}

/// The counter of closures and of an expansion's variables: `#1#x`.
inline Symbol closure_counter() {
  return Symbol::intern("#ordinal#");
}

} // namespace jl
