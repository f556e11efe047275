// SPDX-License-Identifier: MIT
//
// .debug_frame for functions with frame pointers: what a debugger needs to find the caller at any
// instruction. The compiler writes no unwind tables (they would cost each link), so the code itself is
// read: where it pushes, sets and pops rbp, and which registers it saves right after.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace ligature {

/// The whole section for functions at [first, second) of this process's memory; empty if this machine's code
/// cannot be read.
std::string unwind_section(std::span<const std::pair<uintptr_t, uintptr_t>> functions);

} // namespace ligature
