// SPDX-License-Identifier: MIT
// Where a number ends. What it is worth: numbers.cpp.
#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"
#include "jl/syntax/lexer.h"

namespace jl {

namespace {

bool is_base_digit(char c, int base) {
  return digit_value(c) < base;
}

} // namespace

// Digits with single underscores between them. False when there is none.
bool Lexer::skip_digits(int base) {
  if (!is_base_digit(peek(), base))
    return false;
  while (is_base_digit(peek(), base) || (peek() == '_' && is_base_digit(peek(1), base)))
    ++at_;
  return true;
}

void Lexer::lex_number(Token &token) {
  if (peek() == '0') {
    switch (peek(1)) {
    case 'x':
      return lex_prefixed(token, Tok::HexInt, 16);
    case 'b':
      return lex_prefixed(token, Tok::BinInt, 2);
    case 'o':
      return lex_prefixed(token, Tok::OctInt, 8);
    }
  }
  lex_decimal(token);
}

void Lexer::lex_prefixed(Token &token, Tok kind, int base) {
  token.kind = kind;
  at_ += 2;
  bool digits = skip_digits(base);
  if (base == 16 &&
      (peek() == 'p' || peek() == 'P' || (peek() == '.' && (is_hex_digit(peek(1)) || peek(1) == 'p'))))
    return lex_hex_float(token);
  if (!digits || is_digit(peek()))
    return fail(token, LexError::InvalidNumber, 0);
  check_number_end(token);
}

void Lexer::lex_hex_float(Token &token) {
  token.kind = Tok::HexFloat;
  if (peek() == '.') {
    ++at_;
    skip_digits(16);
  }
  if (peek() != 'p' && peek() != 'P')
    return fail(token, LexError::HexFloatWithoutP, 0);
  ++at_;
  if (peek() == '+' || peek() == '-')
    ++at_;
  if (!skip_digits(10))
    return fail(token, LexError::InvalidNumber, 0);
  check_number_end(token);
}

void Lexer::lex_decimal(Token &token) {
  token.kind = Tok::Integer;
  skip_digits(10);
  if (peek() == '.' && dot_continues_number(token)) {
    token.kind = Tok::Float;
    ++at_;
    skip_digits(10);
  }
  if (token.kind == Tok::Error)
    return;
  lex_exponent(token);
  check_number_end(token);
}

// At a dot after digits: does it belong to the number? `1..2` and `1 .+ 2` say no; `1.+2` says neither.
bool Lexer::dot_continues_number(Token &token) {
  char c = peek(1);
  if (is_digit(c))
    return true;
  if (c == '.')
    return false;
  if (c == '\'') // 1.' would be the transpose that Julia no longer has
    return false;
  OpMatch match = match_op(text_.substr(std::min<size_t>(at_ + 1, text_.size())));
  bool harmless =
      match.found && (match.op == Op::Colon || match.op == Op::Question || match.op == Op::Declare);
  if (!match.found || harmless || op_info(match.op).is(kNoDot))
    return true;
  fail(token, LexError::AmbiguousDot, 1);
  return false;
}

void Lexer::lex_exponent(Token &token) {
  char c = peek();
  if (c != 'e' && c != 'E' && c != 'f')
    return;
  bool sign = peek(1) == '+' || peek(1) == '-';
  bool unicode_minus = text_.substr(at_ + 1).starts_with("−");
  uint32_t length = 1 + (unicode_minus ? 3 : sign);
  if (!is_digit(peek(length)))
    return; // 2e is 2 * e
  at_ += length;
  skip_digits(10);
  token.kind = c == 'f' ? Tok::Float32 : Tok::Float;
}

// `1.2.3` is one mistake, not two numbers.
void Lexer::check_number_end(Token &token) {
  if (token.kind == Tok::Integer || peek() != '.')
    return;
  if (is_digit(peek(1))) {
    ++at_;
    skip_digits(10);
    fail(token, LexError::InvalidNumber, 0);
  }
}

} // namespace jl
