// SPDX-License-Identifier: MIT
#include "jl/syntax/lexer.h"

#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"

#include <cstring>

namespace jl {

namespace {

struct Keyword {
  std::string_view text;
  Tok kind;
};

constexpr Keyword kKeywords[] = {
    {"baremodule", Tok::KwBaremodule},
    {"begin", Tok::KwBegin},
    {"break", Tok::KwBreak},
    {"catch", Tok::KwCatch},
    {"const", Tok::KwConst},
    {"continue", Tok::KwContinue},
    {"do", Tok::KwDo},
    {"else", Tok::KwElse},
    {"elseif", Tok::KwElseif},
    {"end", Tok::KwEnd},
    {"export", Tok::KwExport},
    {"false", Tok::False},
    {"finally", Tok::KwFinally},
    {"for", Tok::KwFor},
    {"function", Tok::KwFunction},
    {"global", Tok::KwGlobal},
    {"if", Tok::KwIf},
    {"import", Tok::KwImport},
    {"let", Tok::KwLet},
    {"local", Tok::KwLocal},
    {"macro", Tok::KwMacro},
    {"module", Tok::KwModule},
    {"quote", Tok::KwQuote},
    {"return", Tok::KwReturn},
    {"struct", Tok::KwStruct},
    {"true", Tok::True},
    {"try", Tok::KwTry},
    {"using", Tok::KwUsing},
    {"where", Tok::Where},
    {"while", Tok::KwWhile},
};

// Index of the first keyword of each letter; keywords are sorted.
struct KeywordIndex {
  uint8_t first[27];
  constexpr KeywordIndex() : first() {
    size_t k = 0;
    for (int letter = 0; letter < 27; ++letter) {
      while (k < std::size(kKeywords) && kKeywords[k].text[0] < 'a' + letter)
        ++k;
      first[letter] = static_cast<uint8_t>(k);
    }
  }
};
constexpr KeywordIndex kKeywordIndex;

void classify_word(Token &token, std::string_view word) {
  token.kind = Tok::Identifier;
  char c = word[0];
  if (c < 'a' || c > 'z' || word.size() < 2 || word.size() > 10)
    return;
  for (size_t k = kKeywordIndex.first[c - 'a']; k < kKeywordIndex.first[c - 'a' + 1]; ++k)
    if (kKeywords[k].text == word) {
      token.kind = kKeywords[k].kind;
      return;
    }
  if (word == "in" || word == "isa") {
    token.kind = Tok::Op;
    token.op = word == "in" ? Op::In : Op::Isa;
  }
}

Tok punctuation(char c) {
  switch (c) {
  case '(':
    return Tok::LParen;
  case ')':
    return Tok::RParen;
  case '[':
    return Tok::LBracket;
  case ']':
    return Tok::RBracket;
  case '{':
    return Tok::LBrace;
  case '}':
    return Tok::RBrace;
  case ',':
    return Tok::Comma;
  case ';':
    return Tok::Semicolon;
  case '@':
    return Tok::At;
  case '"':
    return Tok::Quote;
  case '`':
    return Tok::Backtick;
  case '\'':
    return Tok::Prime;
  default:
    return Tok::Eof;
  }
}

} // namespace

std::string_view lex_error_message(LexError error) {
  switch (error) {
  case LexError::None:
    return "";
  case LexError::InvalidUtf8:
    return "invalid UTF-8";
  case LexError::NulByte:
    return "NUL byte in source text";
  case LexError::InvisibleCharacter:
    return "invisible character";
  case LexError::UnknownCharacter:
    return "unknown character";
  case LexError::UnterminatedComment:
    return "`#=` comment has no `=#`";
  case LexError::InvalidNumber:
    return "invalid numeric constant";
  case LexError::AmbiguousDot:
    return "ambiguous `.` after a number: write blanks around the operator, or `.0`";
  case LexError::HexFloatWithoutP:
    return "hexadecimal float has no exponent `p`";
  case LexError::InvalidOperator:
    return "invalid operator";
  }
  return "";
}

Token Lexer::next() {
  Token token;
  bool ok = skip_trivia(token);
  if (!ok)
    return token;
  token.begin = at_;
  lex_token(token);
  token.end = at_;
  return token;
}

void Lexer::fail(Token &token, LexError error, uint32_t length) {
  token.kind = Tok::Error;
  token.error = error;
  at_ += length;
}

// Returns false when a comment was broken: then `token` is the error.
bool Lexer::skip_trivia(Token &token) {
  for (;;) {
    char c = peek();
    if (c == '\n') {
      token.flags |= token.has(kNewlineBefore) ? kBlankLineBefore : 0;
      token.flags |= kNewlineBefore | kSpaceBefore;
      ++at_;
    } else if (is_ascii_class(static_cast<uint8_t>(c), char_class::Blank)) {
      token.flags |= kSpaceBefore;
      ++at_;
    } else if (c == '#') {
      token.flags |= kSpaceBefore;
      if (peek(1) != '=')
        skip_line_comment();
      else if (!skip_block_comment(token))
        return false;
    } else if (static_cast<signed char>(c) < 0) {
      Character character = decode_character(text_, at_);
      bool byte_order_mark = character.code == 0xfeff && at_ == 0;
      if (!character.valid || !(is_blank(character.code) || byte_order_mark))
        return true;
      token.flags |= kSpaceBefore;
      at_ += character.length;
    } else {
      return true;
    }
  }
}

void Lexer::skip_line_comment() {
  const void *end = memchr(text_.data() + at_, '\n', text_.size() - at_);
  at_ = end ? static_cast<const char *>(end) - text_.data() : text_.size();
}

bool Lexer::skip_block_comment(Token &token) {
  token.begin = at_;
  int depth = 0;
  while (at_ + 1 < text_.size()) {
    char c = text_[at_], d = text_[at_ + 1];
    if (c == '#' && d == '=') {
      ++depth;
      at_ += 2;
    } else if (c == '=' && d == '#') {
      at_ += 2;
      if (--depth == 0)
        return true;
    } else {
      ++at_;
    }
  }
  at_ = text_.size();
  token.kind = Tok::Error;
  token.error = LexError::UnterminatedComment;
  token.end = at_;
  return false;
}

void Lexer::lex_token(Token &token) {
  if (at_end())
    return;
  char c = peek();
  if (is_ascii_class(static_cast<uint8_t>(c), char_class::IdStart))
    return lex_identifier(token);
  if (is_digit(c) || (c == '.' && is_digit(peek(1))))
    return lex_number(token);
  token.kind = punctuation(c);
  if (token.kind != Tok::Eof) {
    ++at_;
    return;
  }
  if (c == '.')
    return lex_dot(token);
  if (static_cast<signed char>(c) >= 0 && c > ' ')
    return lex_operator(token);
  lex_other(token);
}

void Lexer::lex_identifier(Token &token) {
  uint32_t begin = at_;
  for (;;) {
    char c = peek();
    if (is_ascii_class(static_cast<uint8_t>(c), char_class::IdChar)) {
      // `x!=y` is a comparison, not an assignment to `x!`.
      if (c == '!' && peek(1) == '=')
        break;
      ++at_;
    } else if (static_cast<signed char>(c) < 0) {
      Character character = decode_character(text_, at_);
      if (!character.valid || !is_identifier_char(character.code))
        break;
      at_ += character.length;
    } else {
      break;
    }
  }
  classify_word(token, text_.substr(begin, at_ - begin));
}

void Lexer::lex_dot(Token &token) {
  if (peek(1) == '.') {
    token.kind = Tok::Op;
    token.op = peek(2) == '.' ? Op::Splat : Op::DotDot;
    at_ += token.op == Op::Splat ? 3 : 2;
    return;
  }
  OpMatch match = match_op(text_.substr(at_ + 1));
  if (match.found && !op_info(match.op).is(kNoDot)) {
    ++at_;
    token.flags |= kDotted;
    return finish_operator(token, match);
  }
  token.kind = Tok::Dot;
  ++at_;
}

void Lexer::finish_operator(Token &token, const OpMatch &match) {
  token.kind = Tok::Op;
  token.op = match.op;
  at_ += match.length;
  if (op_info(match.op).is(kNoSuffix))
    return;
  for (;;) {
    if (static_cast<signed char>(peek()) >= 0)
      return;
    Character character = decode_character(text_, at_);
    if (!character.valid || !is_operator_suffix(character.code))
      return;
    token.flags |= kSuffixed;
    at_ += character.length;
  }
}

void Lexer::lex_operator(Token &token) {
  OpMatch match = match_op(text_.substr(at_));
  if (!match.found)
    return fail(token, LexError::UnknownCharacter, 1);
  // Two that other languages have and Julia does not; as `a - -b` they need the blank.
  char c = peek(), d = peek(match.length);
  bool double_star = match.op == Op::Times && d == '*';
  bool double_minus = match.op == Op::Minus && d == '-' && c == '-';
  if (double_star || double_minus)
    return fail(token, LexError::InvalidOperator, 2);
  finish_operator(token, match);
}

// A non-ASCII character or a control character.
void Lexer::lex_other(Token &token) {
  Character character = decode_character(text_, at_);
  if (!character.valid)
    return fail(token, LexError::InvalidUtf8, 1);
  if (character.code == 0)
    return fail(token, LexError::NulByte, 1);
  if (OpMatch match = match_op(text_.substr(at_)); match.found)
    return finish_operator(token, match);
  if (is_identifier_start(character.code))
    return lex_identifier(token);
  auto error = is_invisible(character.code) ? LexError::InvisibleCharacter : LexError::UnknownCharacter;
  fail(token, error, character.length);
}

} // namespace jl
