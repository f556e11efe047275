// SPDX-License-Identifier: MIT
// Signals, stacks and their end: Ctrl-C, faults in generated code, stack overflow.
//
// Generated code checks its stack at every function entry against Task::stack_limit, which leaves
// kStackReserve for the runtime. An interrupt raises that limit so that the next check throws; where
// generated code was interrupted it is redirected to the throw at once, so that tight loops stop as well;
// where the runtime was, it is looked at again until one of the two happens. What is not an exception of the
// language ends the process with one line that says what to report.
#pragma once

#include <csignal>
#include <cstdint>

#include "jl/runtime/task.h"

namespace jl {

inline constexpr size_t kStackReserve = size_t(8) << 20;

/// Installs the handlers. Once, before generated code runs.
void install_signal_handlers();
/// Signals for the program go to the calling thread, which runs tasks; or to none any more.
void set_program_thread(bool runs);
/// Is there such a thread, and is it another than the calling one?
bool program_runs_elsewhere();
/// While the engine starts there is no program yet that could catch an InterruptException: Ctrl-C ends the
/// process.
void set_interrupts_end_process(bool whether);
/// Addresses of generated code: may be called several times with ranges that do not overlap. Signal-safe
/// readers.
void register_code_range(const void *begin, const void *end);
bool is_generated_code(uintptr_t pc);
/// Prints one line and ends the process with `abort`, after flushing standard output.
[[noreturn]] void fatal_error(const char *what);

/// Makes the running task throw InterruptException at its next check. What SIGINT does; for tests.
void request_interrupt(Task *task);

} // namespace jl
