// SPDX-License-Identifier: MIT
//
// Shared libraries by the names that linkers are given for them (`-l m`): what the dynamic linker finds, and
// beyond that what only linkers know, scripts in the place of libraries and names that no file has.
#pragma once

#include <string>

namespace bitcode {

/// Loads a library, for the whole process: a path, or NAME for libNAME.so. Empty on success, else which file
/// it was and what is wrong with it.
std::string load_library(const std::string &library);

} // namespace bitcode
