// SPDX-License-Identifier: MIT
// Which characters make up Julia's identifiers and the suffixes of its operators.
//
// utf8proc's categories decide, but for Julia's exceptions to them, which are listed here. The parser asks,
// and so does whatever prints a name and has to know whether it needs quoting: Base through
// jl/runtime/c_unicode.cpp.
#pragma once

#include <cstdint>

namespace jl {

bool is_identifier_start(uint32_t code);
bool is_identifier_char(uint32_t code);
/// Characters that may follow an operator: subscripts, superscripts, primes, combining marks.
bool is_operator_suffix(uint32_t code);

} // namespace jl
