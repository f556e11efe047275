// SPDX-License-Identifier: MIT
//
// A DebugUnit as a small ELF file in memory: symbols, .debug_info with inlined calls, .debug_line,
// .debug_frame. It describes code that lies elsewhere in the process, at absolute addresses, and has none
// of its own.
#pragma once

#include "debug/debug_unit.h"

#include <expected>
#include <string>

namespace ligature {

/// Files with relative names are looked for in `folder`.
std::expected<std::string, std::string> write_elf_image(const DebugUnit &unit, const std::string &folder);

} // namespace ligature
