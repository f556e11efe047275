// SPDX-License-Identifier: MIT
//
// Told of machine code as it comes and goes: what debuggers and profilers need to know of a session. Those
// that the library has itself (gdb, perf) are listeners like any other; SessionOptions names them all.
//
// A listener sees code in the terms of code_map.h: positions relative to a method. The client says, for each
// method, which file and line that is.
#pragma once

#include "ligature/code_map.h"

#include <functional>
#include <span>
#include <string>

namespace ligature {

/// Where a method stands in the source; the file's line is `base_line` + the relative line of a position.
struct SourcePlace {
  std::string function; ///< "foo"; empty if the client does not know
  std::string file;     ///< as people would name it; empty if there is none
  int32_t base_line = 0;
};
/// What a handle of LinkInfo::positions stands for. May be given null.
using PlaceOf = std::function<SourcePlace(const void *method)>;

class CodeListener {
public:
  virtual ~CodeListener();
  /// All functions of one unit, ascending by address, written and soon to be published. They stay valid until
  /// `code_removed`. On the thread that links, several at once; must not call the session.
  virtual void code_added(std::span<const CodeRange *const> functions, const PlaceOf &place) = 0;
  /// The same functions by their first addresses; their memory is about to be used for something else.
  virtual void code_removed(std::span<const uintptr_t> begins) {}
};

} // namespace ligature
