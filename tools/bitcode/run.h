// SPDX-License-Identifier: MIT
//
// The door between `lig bitcode run`, which parses a command line and knows no LLVM, and what does it, which
// lies in the compiler half and is loaded for it.
#pragma once

#include "ligature/cache.h"

#include <string>
#include <vector>

namespace bitcode {

struct RunOptions {
  std::vector<std::string> files;     ///< bitcode, the modules of one program
  std::vector<std::string> arguments; ///< argv, without argv[0]
  std::string program_name;           ///< argv[0]; empty: the first file
  std::vector<std::string>
      libraries;        ///< shared libraries to load first, as dlopen or as the linker's -l takes them
  int optimize = -1;    ///< runs LLVM's pipeline of that level over each module first; -1: none
  unsigned threads = 1; ///< that compile ahead of the program
  bool eager = false;   ///< everything is compiled before the program starts
  bool stats = false;
  ligature::CacheOptions cache; ///< where objects are kept from run to run
};

/// Runs the program and ends the process as it does; returns 1, with a message on standard error, if it
/// cannot start.
using RunFunction = int (*)(const RunOptions &options);
constexpr const char *kRunSymbol = "lig_run_bitcode";

} // namespace bitcode
