// SPDX-License-Identifier: MIT
//
// jit-PID.dump: code with its bytes, names and lines, for `perf inject --jit`, which makes ELF files of it
// that perf report and perf annotate read. The format is the kernel's,
// tools/perf/Documentation/jitdump-specification.txt; everything in it is little-endian here:
//
//   header  u32 "JiTD" (0x4A695444) | u32 version 1 | u32 size 40 | u32 ELF machine | u32 0 | u32 pid
//           | u64 time | u64 flags
//   record  u32 kind | u32 size of it all | u64 time | what the kind has:
//     0 load   u32 pid | u32 tid | u64 address | u64 address | u64 bytes | u64 index | name, 0 | the code
//     2 lines  u64 address | u64 rows | for each: u64 address, u32 line, u32 column, file, 0
//     3 close  nothing
//
// Lines come before the load that they belong to. Times are CLOCK_MONOTONIC's (`perf record -k mono`). perf
// finds the file because the process maps its first page executable. There is no record for code that is
// gone: a later load at the same address takes its place from its own time on.
#pragma once

#include "ligature/code_listener.h"

#include <expected>
#include <memory>
#include <string>

namespace ligature {

/// Writes `folder`/jit-PID.dump; an error names it.
std::expected<std::unique_ptr<CodeListener>, std::string> make_jitdump(const std::string &folder);

} // namespace ligature
