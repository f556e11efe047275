// SPDX-License-Identifier: MIT
//
// The code of a unit that was linked in another process already: it is bound, and nothing else.
#pragma once

#include "linker/unit_code.h"

#include <memory>
#include <span>

namespace ligature {

/// Fails if the bytes are no flat unit, or not one of a unit with that link info.
std::expected<std::unique_ptr<UnitCode>, std::string>
flat_code(const LinkInfo &info, std::span<const std::byte> bytes, std::shared_ptr<const void> holder);

} // namespace ligature
