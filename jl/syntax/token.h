// SPDX-License-Identifier: MIT
// What the lexer hands to the parser: kind, place in the text, and what stood before it.
//
// A token holds no text, only offsets. Which operator it is stands in Token::op (operators.h); what a literal
// is worth is found by the parser (numbers.h).
#pragma once

#include "jl/syntax/operators.h"

#include <cstdint>

namespace jl {

enum class Tok : uint8_t {
  Eof,
  Newline, ///< never made by the lexer: how the parser sees a token after a line end that matters
  Error,   ///< see Token::error
  Identifier,
  Op, ///< see Token::op
  Dot,
  Where,
  // Literals
  Integer,
  BinInt,
  OctInt,
  HexInt,
  Float,
  Float32,
  HexFloat,
  True,
  False,
  // Where a literal or a group begins or ends. Strings are scanned by the parser, which knows the context.
  Quote,
  Backtick,
  Prime,
  Comma,
  Semicolon,
  At,
  LParen,
  RParen,
  LBracket,
  RBracket,
  LBrace,
  RBrace,
  // Keywords that begin an expression
  KwBaremodule,
  KwBegin,
  KwBreak,
  KwConst,
  KwContinue,
  KwExport,
  KwFor,
  KwFunction,
  KwGlobal,
  KwIf,
  KwImport,
  KwLet,
  KwLocal,
  KwMacro,
  KwModule,
  KwQuote,
  KwReturn,
  KwStruct,
  KwTry,
  KwUsing,
  KwWhile,
  KwDo,
  // Keywords that end a block
  KwCatch,
  KwElse,
  KwElseif,
  KwEnd,
  KwFinally,
};

inline bool is_keyword(Tok kind) {
  return kind >= Tok::KwBaremodule;
}
inline bool is_initial_keyword(Tok kind) {
  return kind >= Tok::KwBaremodule && kind <= Tok::KwWhile;
}
inline bool is_number(Tok kind) {
  return kind >= Tok::Integer && kind <= Tok::HexFloat;
}

enum class LexError : uint8_t {
  None,
  InvalidUtf8,
  NulByte,
  InvisibleCharacter,
  UnknownCharacter,
  UnterminatedComment,
  InvalidNumber,
  AmbiguousDot,
  HexFloatWithoutP,
  InvalidOperator,
};

enum TokenFlag : uint8_t {
  kSpaceBefore = 1,
  kNewlineBefore = 2,
  kBlankLineBefore = 4, ///< two line ends or more
  kDotted = 8,          ///< Op: with a dot before it
  kSuffixed = 16,       ///< Op: with a suffix
};

struct Token {
  Tok kind = Tok::Eof;
  uint8_t flags = 0;
  LexError error = LexError::None;
  Op op{};
  uint32_t begin = 0; ///< offsets in the file
  uint32_t end = 0;

  bool has(TokenFlag flag) const { return flags & flag; }
  bool is(Op o) const { return kind == Tok::Op && op == o && !(flags & (kDotted | kSuffixed)); }
  bool is_or_dotted(Op o) const { return kind == Tok::Op && op == o && !(flags & kSuffixed); }
  Level level() const { return kind == Tok::Op ? op_info(op).level : Level::None; }
};

} // namespace jl
