// SPDX-License-Identifier: MIT
// Text -> tokens, one at a time, on demand.
//
// A Lexer is a position in a text: copying it is how the parser looks ahead, and setting it is how the
// parser goes on after a string that it scanned itself. It reports nothing; a token that is wrong has
// kind Error, and matters only if the parser comes to it. Blanks and comments become flags of the next token.
#pragma once

#include "jl/syntax/token.h"

#include <string_view>

namespace jl {

class Lexer {
public:
  explicit Lexer(std::string_view text, uint32_t offset = 0) : text_(text), at_(offset) {}

  Token next();
  void set_position(uint32_t offset) { at_ = offset; }
  uint32_t position() const { return at_; }
  std::string_view text() const { return text_; }

private:
  char peek(uint32_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at_end() const { return at_ >= text_.size(); }

  bool skip_trivia(Token &token);
  void skip_line_comment();
  bool skip_block_comment(Token &token);
  void lex_token(Token &token);
  void lex_identifier(Token &token);
  void lex_dot(Token &token);
  void lex_operator(Token &token);
  void finish_operator(Token &token, const OpMatch &match);
  void lex_other(Token &token);
  void fail(Token &token, LexError error, uint32_t length);

  // lex_number.cpp
  void lex_number(Token &token);
  void lex_prefixed(Token &token, Tok kind, int base);
  void lex_hex_float(Token &token);
  void lex_decimal(Token &token);
  void lex_exponent(Token &token);
  bool skip_digits(int base);
  bool dot_continues_number(Token &token);
  void check_number_end(Token &token);

  std::string_view text_;
  uint32_t at_;
};

/// What is wrong with a token of kind Error.
std::string_view lex_error_message(LexError error);

} // namespace jl
