// SPDX-License-Identifier: MIT
// Throws of errors that have no operands, for code below exceptions.h (the allocator) and for signal
// handling.
#pragma once

namespace jl {

[[noreturn]] void throw_out_of_memory();
[[noreturn]] void throw_stack_overflow();
[[noreturn]] void throw_interrupt();

} // namespace jl
