// SPDX-License-Identifier: MIT
//
// Which code generator this is: a hash of the sources that decide what a module becomes, made by the build.
#pragma once

namespace ligature {

/// 64 hexadecimal digits.
const char *code_generator_fingerprint();

} // namespace ligature
