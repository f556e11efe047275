// SPDX-License-Identifier: MIT
// Throws of errors that have no operands, for code below exceptions.h (the allocator) and for signal
// handling.
#pragma once

#include <cstddef>

namespace jl {

/// No room for an object of so many bytes. If it is a small one nothing at all can be allocated any more, a
/// backtrace included.
[[noreturn]] void throw_out_of_memory(size_t bytes);
[[noreturn]] void throw_stack_overflow();
[[noreturn]] void throw_interrupt();

/// Makes what throwing OutOfMemoryError in this task will need. Once, when the exceptions exist.
void prepare_for_out_of_memory(struct Task *task);

} // namespace jl
