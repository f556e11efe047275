// SPDX-License-Identifier: MIT
// The exceptions that a task is handling, for what reports them: error display and Base's
// current_exceptions. A throw pushes, leaving a catch block pops (exceptions.h); in between, what a handler
// throws lies on top of what it handles.
#pragma once

#include <span>

#include "jl/runtime/backtrace.h"

namespace jl {

struct CaughtException {
  Value *exception;
  Backtrace *backtrace;
};

/// What Task::exceptions points to. Not an object of the language.
struct ExceptionStack {
  uint32_t count;
  uint32_t room;
  CaughtException items[];
};

/// Oldest first. Empty when nothing is being handled.
std::span<const CaughtException> exception_stack(const Task *task);

} // namespace jl
