// SPDX-License-Identifier: MIT
// Text for JSON that this program writes.
#pragma once

#include <string>
#include <string_view>

namespace jl {

/// `text` in quotes, escaped where JSON wants that; other bytes stay as they are.
std::string json_string(std::string_view text);

} // namespace jl
