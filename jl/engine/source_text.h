// SPDX-License-Identifier: MIT
// Where program text comes from: a file, or standard input under the name "-". What is not a text of bearable
// size (a device that never ends, a folder) is an error like any other, so that nothing reads for ever.
#pragma once

#include <cstddef>
#include <string>

namespace jl {

/// Positions in a program are 32-bit offsets into all texts together.
inline constexpr size_t kMaxSourceBytes = size_t(256) << 20;

/// Reads all of `path` into `text`; 0, or the error number (EFBIG above kMaxSourceBytes).
int read_source(const std::string &path, std::string &text);

} // namespace jl
