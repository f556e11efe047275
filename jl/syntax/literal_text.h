// SPDX-License-Identifier: MIT
// Literals and symbols as Julia's `show` writes them; shared by both printers (print.h).
//
// Also the questions about a text that decide how it is written: is it a plain identifier, is it one
// token.
#pragma once

#include "jl/syntax/ast.h"
#include "jl/syntax/token.h"

#include <string>
#include <string_view>

namespace jl {

/// "text" with escapes, as repr(string): \n, \", \$, \x.. for broken bytes.
std::string quote_text(std::string_view text);

/// Any leaf but Identifier, Quote and LineNumber: 1, 0x0a, 1.0, 1.0f0, 'c', "text", true, nothing,
/// GlobalRef(Core, :name).
std::string literal_text(const Node *node);

/// :x, :+, :(=), Symbol("a b"): as show(symbol).
std::string symbol_text(Symbol symbol);

/// #= file:line =#
std::string line_text(const Node *line_number);

/// The single token that `text` is; kind Error when it is not just one.
Token lex_single(std::string_view text);

/// May be written as it is: an identifier that is no keyword.
bool is_plain_identifier(std::string_view name);

} // namespace jl
