// SPDX-License-Identifier: MIT
// Running program code at compile time without letting its exceptions out.
#pragma once

#include "jl/runtime/exceptions.h"

namespace jl::inference {

/// `body()`, a Value*, or null when it threw. `body` and what it calls hold nothing that needs a destructor.
template <class Body> Value *run_guarded(Task *task, Body body) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    Value *result = body();
    handler_leave(task, &handler);
    return result;
  }
  pop_exception(task, handler.exception_depth);
  return nullptr;
}

} // namespace jl::inference
