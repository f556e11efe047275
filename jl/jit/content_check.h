// SPDX-License-Identifier: MIT
// What `--emit-units` notes of a unit's content: that its typed IR determines its bitcode, and that all that
// it refers to can be described and found again, is checked by tools/content_check over what is written here.
#pragma once

#include <string>

#include "jl/runtime/value.h"
#include "ligature/unit.h"

namespace jl {

enum class RoundTrip : bool { No, Yes };

/// Lines of DIR/content: `KEY BITCODE SIGNATURE`, KEY `-` where the unit's code has no content, and why; with
/// RoundTrip, which takes the program's own thread, a line `! WHAT SIGNATURE` for each thing that was not
/// found again, and `= COUNT SIGNATURE`.
std::string content_lines(const ligature::Unit &unit, CodeInstance *code, const std::string &bitcode,
                          const std::string &signature, RoundTrip round_trip);

} // namespace jl
