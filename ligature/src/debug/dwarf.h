// SPDX-License-Identifier: MIT
//
// The DWARF 4 of a DebugUnit, in the form that LLVM's ObjectYAML writes as sections. Every form has a fixed
// size, so that references can be made before anything is written.
#pragma once

#include "debug/debug_unit.h"

#include <llvm/ObjectYAML/DWARFYAML.h>

#include <deque>
#include <string>

namespace ligature {

/// Holds the texts that `data` refers to; so it neither moves nor is copied.
class Dwarf {
public:
  /// `folder` is where relative file names start.
  Dwarf(const DebugUnit &unit, const std::string &folder);
  Dwarf(const Dwarf &) = delete;
  Dwarf &operator=(const Dwarf &) = delete;

  llvm::DWARFYAML::Data data;

private:
  void write_abbreviations();
  void write_lines();
  void write_line_rows(llvm::DWARFYAML::LineTable &table, const DebugUnit::Function &function);
  void write_unit(const std::string &folder);
  void write_abstract(const DebugUnit::Place &place);
  void write_function(const DebugUnit::Function &function);
  void write_inlined(const DebugUnit::Function &function, uint32_t parent);
  uint64_t text(const std::string &string);
  uint64_t ranges(const std::vector<std::pair<uintptr_t, uintptr_t>> &ranges);
  void entry(unsigned code, std::initializer_list<uint64_t> values, unsigned size);

  const DebugUnit &unit_;
  std::deque<std::string> texts_;
  uint64_t text_bytes_ = 0, range_bytes_ = 0, info_bytes_ = 0;
  std::vector<uint64_t> abstract_; // by place: offset of the entry that its inlined calls refer to
};

} // namespace ligature
