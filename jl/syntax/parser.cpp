// SPDX-License-Identifier: MIT
// Tokens and nodes: what every production of the parser is made of.
#include "jl/syntax/parser.h"

#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"

#include <algorithm>

namespace jl {

namespace {
constexpr size_t kSymbolCacheSize = 1024;
}

Parser::Parser(const SourceFile &file, AstArena &arena, DiagnosticSink &sink, uint32_t offset)
    : file_(file), arena_(arena), sink_(sink), lexer_(file.text, offset), previous_end_(offset),
      file_symbol_(Symbol::intern(file.name)), symbol_cache_(kSymbolCacheSize) {
  token_ = lexer_.next();
}

// --- Tokens

bool Parser::is_closing(const Token &token) const {
  switch (token.kind) {
  case Tok::Eof:
  case Tok::Comma:
  case Tok::Semicolon:
  case Tok::RParen:
  case Tok::RBracket:
  case Tok::RBrace:
  case Tok::KwElse:
  case Tok::KwElseif:
  case Tok::KwCatch:
  case Tok::KwFinally:
    return true;
  case Tok::KwEnd:
    return !context_.end_symbol;
  default:
    return false;
  }
}

bool Parser::at_closing() const {
  return !at(Tok::Newline) && is_closing(token_);
}

bool Parser::blank_follows() const {
  if (token_.end >= file_.text.size())
    return true;
  Character c = decode_character(file_.text, token_.end);
  return c.code == '\n' || c.code == '#' || (c.valid && is_blank(c.code));
}

Token Parser::peek_next() const {
  Lexer ahead = lexer_;
  return ahead.next();
}

Token Parser::peek_second() const {
  Lexer ahead = lexer_;
  ahead.next();
  return ahead.next();
}

void Parser::bump() {
  previous_end_ = token_.end;
  previous_kind_ = token_.kind;
  token_ = lexer_.next();
}

bool Parser::accept(Tok kind) {
  if (!at(kind))
    return false;
  bump();
  return true;
}

bool Parser::accept_op(Op op) {
  if (!at_op(op))
    return false;
  bump();
  return true;
}

// Goes on at `offset`, the end of a literal that was scanned by hand.
void Parser::resume_at(uint32_t offset) {
  lexer_.set_position(offset);
  previous_end_ = offset;
  token_ = lexer_.next();
}

// --- Nodes

Node *Parser::check_depth(Node *node) {
  if (node->depth > kMaxDepth)
    fail_too_deep();
  return node;
}

Node *Parser::make(Head head, uint32_t begin, std::span<Node *const> args) {
  return check_depth(arena_.expr(head, args, range_from(begin)));
}

Node *Parser::make(Symbol head, uint32_t begin, std::initializer_list<Node *> args) {
  return check_depth(arena_.expr(head, std::span<Node *const>(args.begin(), args.size()), range_from(begin)));
}

// Names recur: a small cache spares most of them the shared table.
Symbol Parser::intern(std::string_view name) {
  uint32_t hash = static_cast<uint32_t>(name.size()) * 0x9e3779b1u;
  for (char c : name)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193u;
  Symbol &cached = symbol_cache_[(hash ^ hash >> 15) % kSymbolCacheSize];
  if (!cached || cached.text() != name) {
    Symbol symbol = intern_identifier(name);
    if (symbol.text() != name)
      return symbol; // normalised: not what the cache would be asked for
    cached = symbol;
  }
  return cached;
}

Node *Parser::make_name(const Token &token) {
  return arena_.identifier(intern(text(token)), range(token.begin, token.end));
}

Symbol Parser::op_symbol(const Token &token) {
  if (token.kind != Tok::Op)
    return intern(text(token));
  const OpInfo &info = op_info(token.op);
  if (!token.has(kSuffixed))
    return token.has(kDotted) ? info.dotted : info.name;
  // The operator in its usual spelling, then the suffix as written.
  std::string_view written = text(token).substr(token.has(kDotted));
  std::string_view suffix = written.substr(match_op(written).length);
  return intern_identifier(std::string(token.has(kDotted) ? info.dotted.text() : info.text) +
                           std::string(suffix));
}

Node *Parser::make_op_name(const Token &token) {
  return arena_.identifier(op_symbol(token), range(token.begin, token.end));
}

uint32_t Parser::line_of(uint32_t offset) {
  const std::vector<uint32_t> &starts = file_.line_starts();
  auto holds = [&](size_t i) {
    return i < starts.size() && starts[i] <= offset && (i + 1 == starts.size() || offset < starts[i + 1]);
  };
  if (!holds(line_hint_))
    line_hint_ = holds(line_hint_ + 1) ? line_hint_ + 1 : file_.line_at(offset) - file_.first_line;
  return line_hint_ + file_.first_line;
}

Node *Parser::line_node(uint32_t offset) {
  return arena_.line_number(line_of(offset), file_symbol_, range(offset, offset));
}

} // namespace jl
