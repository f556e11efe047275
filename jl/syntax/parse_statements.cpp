// SPDX-License-Identifier: MIT
// Files, blocks and statements, and the entry points.
#include "jl/support/utf8.h"
#include "jl/syntax/parser.h"

#include <algorithm>
#include <cstring>

namespace jl {

namespace {

// Offset of the first byte at or after `offset` that is no UTF-8, or NUL; text.size() when there is none.
size_t find_bad_byte(std::string_view text, size_t offset) {
  for (size_t i = offset; i < text.size();) {
    uint64_t word;
    if (i + 8 <= text.size() && (memcpy(&word, text.data() + i, 8), true) && !(word & 0x8080808080808080) &&
        !((word - 0x0101010101010101) & ~word & 0x8080808080808080)) {
      i += 8;
      continue;
    }
    Character c = decode_character(text, i);
    if (!c.valid || c.code == 0)
      return i;
    i += c.length;
  }
  return text.size();
}

std::string bad_byte_message(std::string_view text, size_t at) {
  if (text[at] == '\0')
    return "NUL byte in source text; is this a binary file?";
  constexpr char kDigits[] = "0123456789abcdef";
  auto byte = static_cast<unsigned char>(text[at]);
  return std::string("invalid UTF-8: byte 0x") + kDigits[byte >> 4] + kDigits[byte & 15];
}

} // namespace

// A text with a byte that is no character is not parsed at all: what follows it would be guesswork.
Node *Parser::parse_file() {
  NodeList list(*this);
  if (size_t bad = find_bad_byte(file_.text, 0); bad < file_.text.size()) {
    report(range(bad, bad + 1), bad_byte_message(file_.text, bad));
    list.push(make_error_node(bad));
    return make(Head::TopLevel, 0, list.span());
  }
  while (token_.kind != Tok::Eof) {
    uint32_t begin = token_.begin;
    skip_newlines();
    list.push(line_node(begin));
    try {
      Node *line = parse_toplevel_line();
      if (!at(Tok::Newline) && token_.kind != Tok::Eof)
        fail_extra();
      list.push(line);
    } catch (const SyntaxFailure &) {
      list.push(recover(begin));
    }
  }
  return arena_.expr(Head::TopLevel, list.span(), range(0, file_.text.size()));
}

// Statements of one line, `a; b`, are an Expr(:toplevel) of their own; blank ones like `;;` are none.
Node *Parser::parse_toplevel_line() {
  uint32_t begin = token_.begin;
  NodeList list(*this);
  bool separated = false;
  while (accept(Tok::Semicolon))
    separated = true;
  while (!at(Tok::Newline) && token_.kind != Tok::Eof) {
    list.push(at_public() ? parse_export(Head::Public) : parse_statement());
    if (!at(Tok::Semicolon))
      break;
    separated = true;
    while (accept(Tok::Semicolon))
      ;
  }
  return separated ? make(Head::TopLevel, begin, list.span()) : list[0];
}

ParseOne Parser::parse_single(Greedy greedy) {
  uint32_t begin = token_.begin;
  if (token_.kind == Tok::Eof)
    return {nullptr, static_cast<uint32_t>(file_.text.size()), ParseStatus::Empty};
  try {
    skip_newlines();
    Node *node = greedy == Greedy::Yes ? parse_toplevel_line() : parse_atom();
    if (greedy == Greedy::Yes && !at(Tok::Newline) && token_.kind != Tok::Eof)
      fail_extra();
    size_t bad = find_bad_byte(std::string_view(file_.text).substr(0, previous_end_), begin);
    if (bad < previous_end_)
      fail(range(bad, bad + 1), bad_byte_message(file_.text, bad));
    return {node, token_.begin, ParseStatus::Ok};
  } catch (const SyntaxFailure &) {
    uint32_t end = file_.text.size();
    return {make_error_node(begin), end, incomplete_ ? ParseStatus::Incomplete : ParseStatus::Error};
  }
}

Node *Parser::parse_statement() {
  Nesting nesting(*this);
  return parse_docstring();
}

// A string in front of an expression, on its line or the line before, documents it.
Node *Parser::parse_docstring() {
  uint32_t begin = token_.begin;
  Node *node = parse_eq();
  bool literal = node->kind == NodeKind::String || node->is_expr(Head::String);
  if (!literal || node->has_flag(kFlagParens) || !docstring_applies())
    return node;
  Node *line = line_node(begin);
  skip_newlines();
  Node *documented = parse_eq();
  Node *doc = arena_.global_ref(Symbol::intern("Core"), Symbol::intern("@doc"), range(begin, begin));
  return make(Head::MacroCall, begin, {doc, line, node, documented});
}

bool Parser::docstring_applies() {
  if (token_.kind == Tok::Eof || is_closing(token_))
    return false;
  return !at(Tok::Newline) || !token_.has(kBlankLineBefore);
}

// `public` is a word like any other unless a list of names follows.
bool Parser::at_public() {
  if (!at_word("public"))
    return false;
  Token next = peek_next();
  if (next.has(kNewlineBefore))
    return false;
  if (next.kind == Tok::Identifier || next.kind == Tok::At)
    return next.has(kSpaceBefore) || next.kind == Tok::At;
  if (next.kind != Tok::Op || op_info(next.op).is(kSyntactic))
    return false;
  Token after = peek_second();
  return after.has(kNewlineBefore) || after.kind == Tok::Comma || is_closing(after);
}

// Statements up to a word that closes the block, each after its line number.
void Parser::parse_statements_into(NodeList &list, bool at_module_level) {
  for (;;) {
    skip_newlines();
    while (at(Tok::Semicolon)) {
      bump();
      skip_newlines();
    }
    if (at_closing())
      return;
    uint32_t begin = token_.begin;
    list.push(line_node(begin));
    try {
      Node *node = at_module_level && at_public() ? parse_export(Head::Public) : parse_statement();
      end_statement();
      list.push(node);
    } catch (const SyntaxFailure &) {
      list.push(recover(begin));
    }
  }
}

void Parser::end_statement() {
  if (!at_line_or_closing() || at(Tok::Comma))
    fail_extra();
}

// A block with no statement still says where it is, at `begin`. `first_line` goes before all, if given.
Node *Parser::parse_block(uint32_t begin, Node *first_line, bool at_module_level) {
  NodeList list(*this);
  if (first_line)
    list.push(first_line);
  size_t before = list.size();
  parse_statements_into(list, at_module_level);
  if (list.size() == before)
    list.push(line_node(begin));
  return make(Head::Block, begin, list.span());
}

// Loops end with the line of their `end`, where the next round is decided.
Node *Parser::parse_loop_body() {
  uint32_t begin = previous_end_;
  NodeList list(*this);
  parse_statements_into(list, false);
  if (list.empty())
    list.push(line_node(begin));
  list.push(line_node(token_.begin));
  return make(Head::Block, begin, list.span());
}

void Parser::expect_end(const Token &opener) {
  skip_newlines();
  if (token_.kind != Tok::KwEnd)
    fail_unclosed(range(opener.begin, opener.end), text(opener), "end");
  bump();
}

// --- Entry points

Node *parse_all(const SourceMap &sources, FileId file, AstArena &arena, DiagnosticSink &sink) {
  return Parser(sources.file(file), arena, sink, 0).parse_file();
}

ParseOne parse_one(const SourceMap &sources, FileId file, uint32_t offset, Greedy greedy, AstArena &arena,
                   DiagnosticSink &sink) {
  const SourceFile &source = sources.file(file);
  offset = std::min<size_t>(offset, source.text.size());
  return Parser(source, arena, sink, offset).parse_single(greedy);
}

ParseStatus status_of(const Node *toplevel) {
  if (toplevel->arg_count() == 0)
    return ParseStatus::Empty;
  std::vector<const Node *> pending{toplevel};
  ParseStatus status = ParseStatus::Ok;
  while (!pending.empty()) {
    const Node *node = pending.back();
    pending.pop_back();
    if (node->is_expr(Head::Error))
      return ParseStatus::Error;
    if (node->is_expr(Head::Incomplete))
      status = ParseStatus::Incomplete;
    if (node->is_expr())
      pending.insert(pending.end(), node->args().begin(), node->args().end());
  }
  return status;
}

} // namespace jl
