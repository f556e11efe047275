// SPDX-License-Identifier: MIT
// Backtraces: which functions were active, compiled and interpreted ones in one list.
//
// Taking one walks the frame pointers and keeps the return addresses that lie in generated code (signals.h
// knows the ranges), with the interpreter's frames between them by stack address. Turning addresses and
// statements into functions and lines needs the linker's code map and lowered IR, which the runtime does not
// know: the engine installs resolvers for both.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "jl/runtime/exceptions.h"

namespace jl {

/// One activation. Native: `pc` is a return address, the rest null. Interpreted: `pc` is 0. Without pc and
/// code: what a compiled thunk's code, somewhere further in, belongs to.
struct BacktraceEntry {
  uintptr_t pc;
  MethodInstance *instance;
  const CodeInfo *code;
  uint32_t statement;
};

/// Core.Backtrace: opaque to the language. Innermost first.
struct Backtrace : Value {
  size_t count;
  BacktraceEntry entries[];
};

/// More frames than this are not recorded (the outermost are left out).
inline constexpr size_t kMaxBacktrace = 80000;

/// Where `frame_address` is called from, outwards. `frame_address`: __builtin_frame_address(0) of whoever is
/// to be left out.
Backtrace *capture_backtrace(Task *task, void *frame_address);

/// Innermost first: inlined functions come before the one they are inlined in.
using NativeFrameResolver = void (*)(uintptr_t return_address, std::vector<StackFrame> &out);
using InterpretedFrameResolver = void (*)(const BacktraceEntry &entry, std::vector<StackFrame> &out);
void set_native_frame_resolver(NativeFrameResolver resolver);
void set_interpreted_frame_resolver(InterpretedFrameResolver resolver);

/// Resolved frames, innermost first.
std::vector<StackFrame> backtrace_frames(const Backtrace *backtrace);
/// `f(x::Int64, ::String)`: how a backtrace names an activation. `argument_names` are those after the
/// function itself; an empty symbol for an argument without a name. Top-level thunks give "top-level scope".
std::string frame_signature(const MethodInstance *instance, std::span<const Symbol> argument_names);
/// "Stacktrace:\n [1] ..." with a newline at each line's start but the first; empty when there are no frames.
/// Repetitions of frames are shown once with a count, as Julia does.
std::string stacktrace_text(std::span<const StackFrame> frames);

/// The type of Backtrace objects; boot_core makes it.
extern DataType *backtrace_type;

} // namespace jl
