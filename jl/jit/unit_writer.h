// SPDX-License-Identifier: MIT
// `--emit-units=DIR`: every emitted unit's bitcode, for the determinism check.
//
// docs/determinism.md draws the folder that it writes; tools/determinism reads it. Who calls it, and when, is
// compiler.cpp's business.
#pragma once

#include <mutex>
#include <string>

#include "jl/jit/content_check.h"
#include "ligature/unit.h"

namespace jl {

/// Writes DIR/<sha256>.bc, one line `<sha256> <signature>` to DIR/index, and content_lines to DIR/content.
/// Does nothing without a folder. A file that cannot be written ends the process with a message and status 1:
/// a check that compares folders must not take half of one for all. Thread-safe.
class UnitWriter {
public:
  explicit UnitWriter(std::string folder);
  void write(const ligature::Unit &unit, CodeInstance *code, RoundTrip round_trip);

private:
  void put(const std::string &name, bool append, llvm::StringRef bytes);

  std::string folder_;
  std::mutex mutex_;
};

} // namespace jl
