// SPDX-License-Identifier: MIT
// `--trace-compile=FILE|stderr`: a line for every method instance that was compiled, as Julia writes it:
//
//   #=    7.4 ms =# precompile(Tuple{typeof(Main.f), Int64})
//
// The time is that from typed IR to published code; inference is not in it. Names are what they are in Core,
// so that the lines mean the same in any module.
#pragma once

#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>

#include "jl/runtime/value.h"

namespace jl {

class CompileLog {
public:
  /// Logs nothing for an empty path; what cannot be written later on is a warning. A file that cannot be
  /// written ends the process with a message and status 1.
  explicit CompileLog(const std::string &path);
  bool is_on() const { return file_ != nullptr; }
  /// `code` is compiled, which began at `begin`. Thunks are no method instances. Any thread.
  void note(const CodeInstance *code, std::chrono::steady_clock::time_point begin);

private:
  std::FILE *file_ = nullptr; // open for as long as the process runs
  std::mutex mutex_;
  bool failed_ = false; // and the user was told
};

} // namespace jl
