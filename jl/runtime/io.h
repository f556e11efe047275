// SPDX-License-Identifier: MIT
// Standard output with a buffer, for the whole process.
//
// File descriptor 1 is buffered (by line on a terminal, else 64 KiB or 20 ms); all others are written
// through. Output to descriptor 2 flushes 1 first, so that the two come in order. Any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace jl {

/// Writes all of it; returns 0, or errno.
int write_fd(int fd, std::string_view text);
/// Flushes standard output; returns 0, or errno.
int flush_output();
/// As flush_output, from a signal handler or a dying process: takes no lock that could be held for ever.
void flush_output_in_emergency();

} // namespace jl
