// SPDX-License-Identifier: MIT
//
// Which function an address belongs to: what backtraces, profilers and listings ask. Filled by the
// session as units are linked, and by whoever loads an image.
//
// `find` and `frames` take no lock and allocate nothing, so that a signal handler may call them.
#pragma once

#include "ligature/entries.h"
#include "ligature/line_table.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace ligature {

enum class CodeRole : uint8_t {
  Function, ///< what `specptr` enters
  Wrapper,  ///< what `invoke` enters, for SpecSig
  Adapter,  ///< converts between two ABIs
  Local,    ///< a function of a unit that no entry names
};

/// One function's machine code. Addresses are plain integers: all arithmetic on them is unsigned.
struct CodeRange {
  uintptr_t begin = 0;
  uintptr_t end = 0;
  mutable std::atomic<Entry *> entry = nullptr; ///< null for Local, and once the entry is forgotten
  CodeRole role = CodeRole::Function;
  std::string name; ///< in this session: "foo#1"
  PackedLines lines;
  /// What the scopes' method ordinals stand for: the client's handles, from LinkInfo::positions.
  std::shared_ptr<const std::vector<const void *>> positions;
};

/// One frame of the source at an address; inlined calls give several, innermost first.
struct SourceFrame {
  const void *method = nullptr; ///< the client's handle; null when the unit carries no positions
  int32_t line = 0;             ///< relative to the method's first line
  bool inlined = false;         ///< there is another frame below it at the same address
};

class CodeMap {
public:
  CodeMap();
  ~CodeMap();

  /// The map owns `range` until `remove`. Ranges never overlap.
  void add(std::unique_ptr<CodeRange> range);
  /// Several at once, ascending.
  void add(std::vector<std::unique_ptr<CodeRange>> ranges);
  /// Forgets the range that begins at `begin`; false if there is none.
  bool remove(uintptr_t begin);

  /// The range that holds `pc`, or null; valid until it is removed. Signal-safe.
  /// For a return address pass the address less one, so that a call that ends a function is found.
  const CodeRange *find(uintptr_t pc) const;

  /// Writes the source frames at `pc` to `out`, innermost first; returns how many. Signal-safe.
  static size_t frames(const CodeRange &range, uintptr_t pc, std::span<SourceFrame> out);

  size_t size() const;

private:
  struct Run;
  struct Snapshot;
  void add_run_locked(std::vector<std::unique_ptr<CodeRange>> ranges);
  void install_locked(std::unique_ptr<const Snapshot> next);
  void reclaim_locked();

  mutable std::mutex mutex_; // writers only
  std::atomic<const Snapshot *> current_;
  mutable std::atomic<uint32_t> readers_{0};
  std::vector<std::unique_ptr<const Snapshot>> retired_;
  std::vector<std::unique_ptr<CodeRange>> retired_ranges_;
  size_t live_ = 0;
};

} // namespace ligature
