// SPDX-License-Identifier: MIT
// Running program code at compile time without letting its exceptions out.
#pragma once

#include "jl/runtime/exceptions.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/types.h"

namespace jl::inference {

/// `body()`, a Value*, or null when it threw. `body` and what it calls hold nothing that needs a destructor. An
/// interrupt is not the body's own exception: it is put off until the program runs again.
template <class Body> Value *run_guarded(Task *task, Body body) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    Value *result = body();
    handler_leave(task, &handler);
    return result;
  }
  if (current_exception(task) == types::InterruptException->instance)
    request_interrupt(task);
  pop_exception(task, handler.exception_depth);
  return nullptr;
}

} // namespace jl::inference
