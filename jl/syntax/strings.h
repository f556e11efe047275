// SPDX-License-Identifier: MIT
// What is inside string, command and character literals: escapes, raw text, the indentation of
// triple-quoted ones. Where a literal ends and what it interpolates is the parser's business
// (parse_strings.cpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jl {

/// Result of reading escapes. `bad_at` is the offset in the text read, `bad_length` its extent.
struct EscapeResult {
  bool ok = true;
  size_t bad_at = 0;
  size_t bad_length = 0;
};

/// Appends `text` with its escapes replaced; line ends become \n; a backslash before a line end removes
/// it together with the blanks that follow.
EscapeResult append_unescaped(std::string &out, std::string_view text);

/// Appends the text of a raw string: backslashes mean themselves but before `delimiter` (or at the end),
/// where two stand for one and one makes the delimiter part of the text.
void append_raw(std::string &out, std::string_view text, char delimiter);

/// The longest indentation common to the lines of a triple-quoted literal. Feed it the source text piece
/// by piece; an interpolation counts as text.
class IndentFinder {
public:
  /// One piece of source text between interpolations. `first`: it begins right after the delimiter.
  void add_text(std::string_view text, bool raw);
  void add_interpolation() { close_line(); }
  void add_end() { close_line(); } ///< the closing delimiter: its line counts even if blank
  std::string_view indent() const { return found_ ? indent_ : std::string_view(); }

private:
  void close_line();

  bool at_line_start_ = false;
  bool found_ = false;
  std::string_view blanks_; // of the line being read
  std::string_view indent_;
};

/// Removes `indent` after each line end of `text`, and at its start when `at_line_start`.
std::string remove_indent(std::string_view text, std::string_view indent, bool at_line_start);

/// A Char's 32 bits as Julia has them: UTF-8 bytes from the top. False when `bytes` are not one character.
bool pack_character(std::string_view bytes, uint32_t &bits);

} // namespace jl
