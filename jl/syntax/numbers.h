// SPDX-License-Identifier: MIT
// What a number literal is worth, and of which type.
//
// The lexer has found where the literal ends and which kind it is; here its text becomes a node. Julia's
// rules: the width of a hexadecimal literal follows its digits, that of a decimal one its value.
#pragma once

#include "jl/syntax/ast.h"
#include "jl/syntax/token.h"

#include <string_view>

namespace jl {

/// The node of a number as written (a sign before it allowed for decimal integers and floats). Integers
/// wider than 64 bits become a call of Core's `@int128_str`, `@uint128_str` or `@big_str`. Null when a
/// float is too large for its type.
Node *make_number(AstArena &arena, Tok kind, std::string_view text, Range range);

} // namespace jl
