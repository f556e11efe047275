// SPDX-License-Identifier: MIT
//
// A linked unit as a debugger is to see it: absolute addresses, files, lines, inlined calls. Made from the
// code map's ranges, whose positions are relative, by asking the client for each method's place; dwarf.h
// writes it.
#pragma once

#include "ligature/code_listener.h"

#include <string>
#include <utility>
#include <vector>

namespace ligature {

struct DebugUnit {
  static constexpr uint32_t kNone = ~0u;
  struct Place {
    std::string function;
    uint32_t file; ///< index into `files`; kNone if the client knows of none
    int32_t base_line;
    bool inlined = false; ///< somewhere in this unit
  };
  struct Row {
    uintptr_t address;
    uint32_t file;
    int32_t line;
    bool breakpoint = true; ///< may have one; never where no instruction begins
  };
  struct Inlined {
    uint32_t place;
    uint32_t parent; ///< index into `inlined`; kNone: the function itself
    uint32_t call_file;
    int32_t call_line;
    std::vector<std::pair<uintptr_t, uintptr_t>> ranges; ///< ascending, not touching
  };
  struct Function {
    std::string name; ///< in the session: "foo#1"
    CodeRole role;
    uintptr_t begin, end;
    uint32_t place;               ///< kNone if its code carries no positions
    std::vector<Row> rows;        ///< ascending; rows without a file are left out
    std::vector<Inlined> inlined; ///< parents before children
  };

  std::vector<std::string> files;
  std::vector<Place> places;
  std::vector<Function> functions;
};

DebugUnit describe(std::span<const CodeRange *const> functions, const PlaceOf &place);

} // namespace ligature
