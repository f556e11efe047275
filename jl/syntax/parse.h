// SPDX-License-Identifier: MIT
// Text -> AST: all of Julia's syntax.
//
// The parser is a hand-written recursive descent over an on-demand lexer (lexer.h). It knows nothing of
// names' meaning: the tree is what Meta.parse gives. It recovers from errors at the next statement, so
// one run reports several; where something is broken the tree holds Expr(:error, message), and where
// the text ends too early Expr(:incomplete, message), as Julia's Meta.parseall does.
#pragma once

#include "jl/support/diagnostic.h"
#include "jl/support/source.h"
#include "jl/syntax/ast.h"

namespace jl {

enum class ParseStatus : uint8_t {
  Ok,
  Empty,      ///< nothing but blanks and comments up to the end
  Incomplete, ///< the text may become valid when more follows: a REPL reads another line
  Error,      ///< reported to the sink
};

/// Parses a whole file: Expr(:toplevel, line, statement, line, statement, ...). Never null and never
/// throws, whatever the bytes. Text too early at its end is reported to the sink like any error; see
/// status_of() to tell it apart.
Node *parse_all(const SourceMap &sources, FileId file, AstArena &arena, DiagnosticSink &sink);

/// Outcome of parse_all, from its tree.
ParseStatus status_of(const Node *toplevel);

struct ParseOne {
  Node *node = nullptr; ///< null when Empty; Expr(:error) or Expr(:incomplete) when those
  uint32_t next = 0;    ///< offset where the next statement may start
  ParseStatus status = ParseStatus::Ok;
};

enum class Greedy : bool {
  No,  ///< one atom, as Meta.parse(text, pos; greedy=false)
  Yes, ///< as much as makes one statement
};

/// Parses one statement from byte `offset` on, as Meta.parse(text, offset + 1) does.
ParseOne parse_one(const SourceMap &sources, FileId file, uint32_t offset, Greedy greedy, AstArena &arena,
                   DiagnosticSink &sink);

} // namespace jl
