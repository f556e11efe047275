// SPDX-License-Identifier: MIT
// The library's source, jl/base/*.jl, inside the executable (cmake/EmbedFiles.cmake puts it there).
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
