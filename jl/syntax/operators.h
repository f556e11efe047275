// SPDX-License-Identifier: MIT
// The table of Julia's operators: precedence, and what else the lexer and parser must know of each.
// The operators themselves are listed in operators.def.
#pragma once

#include "jl/support/symbol.h"

#include <cstdint>
#include <string_view>

namespace jl {

/// Precedence, loosest first. Pairs of neighbours may associate either way; see parse_binary.cpp.
enum class Level : uint8_t {
  None, ///< not infix
  Assign,
  Pair,
  Conditional,
  Arrow,
  LazyOr,
  LazyAnd,
  Comparison,
  PipeLeft,
  PipeRight,
  Splat, ///< postfix `...`, takes all of a range: 1:2... is (1:2)...
  Colon,
  Plus,
  Times,
  Rational,
  Shift,
  Power,
  Declare,
  Lambda, ///< `->`: tight on its left, loose on its right
};

enum OpFlag : uint8_t {
  kNone = 0,
  kSyntactic = 1, ///< has a head of its own; not a function's name
  kUnary = 2,     ///< may stand before its only operand
  kBinaryToo = 4, ///< prefix and infix both: blanks decide in [a -b]
  kNoDot = 8,     ///< no broadcasting form
  kNoSuffix = 16, ///< takes no ₁ and the like
  kChain = 32,    ///< a + b + c is one call
  kWord = 64,     ///< spelt in letters
};

/// Index into the table. Those with names in operators.def come first, under these names.
enum class Op : uint16_t {
#define OP(name, text, level, flags) name,
#include "jl/syntax/operators.def"
  FirstUnnamed,
};

struct OpInfo {
  std::string_view text;
  Symbol name;
  Symbol dotted; ///< name with a dot before it
  Level level;
  uint8_t flags;
  bool is(OpFlag flag) const { return flags & flag; }
};

const OpInfo &op_info(Op op);

struct OpMatch {
  bool found = false;
  Op op{};
  uint32_t length = 0; ///< bytes
};

/// The longest operator not spelt in letters that `text` begins with.
OpMatch match_op(std::string_view text);

} // namespace jl
