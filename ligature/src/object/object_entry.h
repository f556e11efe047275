// SPDX-License-Identifier: MIT
//
// An object as the cache keeps it: its lines, what went into its key (to explain later misses with), its
// bytes.
#pragma once

#include "ligature/compile.h"

#include <span>
#include <string>

namespace ligature {

/// "LIGO" | u8 format | u32 bytes of lines | u32 bytes of ingredients | lines | ingredients | the object.
std::vector<std::byte> write_object_entry(const Object &object, std::string_view ingredients);

/// The object, a copy; or what is wrong with the entry.
std::expected<Object, std::string> read_object_entry(std::span<const std::byte> entry);

} // namespace ligature
