// SPDX-License-Identifier: MIT
// The library's source, jl/base/*.jl, inside the executable, so that lig is one file and finds its
// library wherever it is put. cmake/EmbedFiles.cmake generates the definition; library.cpp loads Base from it
// when it is not stored, and imports.cpp the standard libraries on first use.
#pragma once

#include <string_view>

namespace jl {

struct BaseFile {
  std::string_view name; // "int.jl", "stdlib/Test.jl"
  std::string_view text;
};

/// Null when there is no such file.
const BaseFile *find_base_file(std::string_view name);

} // namespace jl
