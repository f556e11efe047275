// SPDX-License-Identifier: MIT
// Running program code at compile time without letting its exceptions out.
//
// For folding calls whose arguments are constants and whose effects allow it (kFoldable). An exception means
// no more than that the call stays a call.
#pragma once

#include "jl/runtime/exceptions.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/types.h"

namespace jl::inference {

/// Inference's lock is not held while program code runs: that code may wait for a thread that itself waits
/// for inference, and what it throws jumps over whatever would unlock. Between the two other threads may
/// infer; what a session has found so far is its own, but for frames' lists of variants, which nobody may be
/// walking. The first answers what the second wants.
int give_up_lock();
void take_lock_again(int held);

/// `body()`, a Value*, or null when it threw. `body` and what it calls hold nothing that needs a destructor.
/// An interrupt is not the body's own exception: it is put off until the program runs again.
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
