// SPDX-License-Identifier: MIT
//
// For when we are wrong and going on would corrupt: says so and aborts, in every build type.
#pragma once

namespace ligature {

[[noreturn]] [[gnu::format(printf, 1, 2)]] void fatal(const char *format, ...);

} // namespace ligature
