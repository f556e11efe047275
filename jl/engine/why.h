// SPDX-License-Identifier: MIT
// `lig cache why`: collects the units that were not found in the cache and the functions of which nothing
// that was kept of inference holds, each with the reason, and says them when the process ends.
//
// The compiler half knows the reasons (jl/jit/misses.h): whatever gets there was not found as a flat unit.
#pragma once

#include <string>
#include <vector>

namespace jl {

struct MissReason {
  std::string ingredient; // of the key: "opt-level", "cpu", "code"; or "new", "gone", "build", "typed-ir",
                          // "content", "unit"
  std::string text;       // "opt-level: 1, was 2"
};

struct MissedUnit {
  std::string title, file;
  int line = 0;
  bool is_compiled = true; // false: its object was found, so LLVM compiled nothing
  std::string
      nearest; // when the entry was made that it differs from: 2026-11-23T05:12:07Z; empty if there is none
  std::vector<MissReason> reasons;
};

/// A call that inference had to be done for, with all that is below it.
struct RefusedInference {
  std::string title, file;
  int line = 0;
  std::string reason; // what is not as it was: "the methods of a call"
};

/// Is anybody going to be told?
bool explains_misses();
/// Any thread.
void note_miss(MissedUnit unit);
void note_refused(RefusedInference inference);
/// Prints what was noted, as the engine's options say. Once, at the process's end.
void report_misses();

} // namespace jl
