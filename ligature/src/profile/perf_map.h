// SPDX-License-Identifier: MIT
//
// /tmp/perf-PID.map: names for `perf report`, without lines. One line per function, as the kernel's
// tools/perf/Documentation/jit-interface.txt draws it:
//
//   <first address, hex> <bytes, hex> <name>
//
// The format cannot take anything back: where code is replaced at one address, the later line counts.
#pragma once

#include "ligature/code_listener.h"

#include <expected>
#include <memory>
#include <string>

namespace ligature {

/// Begins the file anew; an error names it. It stays after the process, for perf to read.
std::expected<std::unique_ptr<CodeListener>, std::string> make_perf_map();

} // namespace ligature
