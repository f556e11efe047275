// SPDX-License-Identifier: MIT
// String, command and character literals: where they end and what they interpolate. What their text
// means: strings.h.
#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"
#include "jl/syntax/parser.h"
#include "jl/syntax/strings.h"

#include <algorithm>

namespace jl {

bool Parser::is_triple(char delimiter) const {
  std::string_view rest = std::string_view(file_.text).substr(token_.begin);
  return rest.size() >= 3 && rest[1] == delimiter && rest[2] == delimiter;
}

bool Parser::at_delimiter(uint32_t offset, char delimiter, bool triple) const {
  std::string_view rest = std::string_view(file_.text).substr(offset);
  if (rest.empty() || rest[0] != delimiter)
    return false;
  return !triple || (rest.size() >= 3 && rest[1] == delimiter && rest[2] == delimiter);
}

// A triple-quoted literal may begin with a line end, which does not count.
std::string_view Parser::skip_first_line_end(std::string_view source) const {
  if (source.starts_with("\r\n"))
    return source.substr(2);
  return source.starts_with('\n') || source.starts_with('\r') ? source.substr(1) : source;
}

// --- "text $name $(expression)"

Node *Parser::parse_string() {
  Nesting nesting(*this);
  uint32_t opener = token_.begin;
  bool triple = is_triple('"');
  std::vector<Chunk> chunks;
  uint32_t end = scan_chunks(chunks, triple, opener);
  resume_at(end);
  return finish_string(chunks, triple, opener);
}

// Fills `chunks`; returns the offset behind the closing delimiter.
uint32_t Parser::scan_chunks(std::vector<Chunk> &chunks, bool triple, uint32_t opener) {
  std::string_view source = file_.text;
  uint32_t at = opener + (triple ? 3 : 1), begin = at;
  auto finish_text = [&] {
    if (at > begin)
      chunks.push_back({begin, at, nullptr});
  };
  for (;;) {
    at = std::min(source.find_first_of("\"\\$", at), source.size());
    if (at >= source.size())
      fail_unterminated(opener, "string");
    if (source[at] == '\\') {
      at = std::min<size_t>(at + 2, source.size());
    } else if (source[at] == '$') {
      finish_text();
      if (at + 1 == source.size())
        fail_unterminated(opener, "string");
      Node *value = parse_interpolation(at);
      chunks.push_back({at, previous_end_, value});
      at = begin = previous_end_;
    } else if (at_delimiter(at, '"', triple)) {
      finish_text();
      return at + (triple ? 3 : 1);
    } else {
      ++at;
    }
  }
}

// At `$`. Afterwards previous_end_ is where the string goes on.
Node *Parser::parse_interpolation(uint32_t dollar) {
  ScopedContext scope(*this, Context());
  resume_at(dollar + 1);
  if (adjacent() && token_.kind == Tok::LParen)
    return parse_paren_interpolation();
  bool word = token_.kind == Tok::Identifier || is_keyword(token_.kind) || token_.kind == Tok::Where ||
              token_.is(Op::In) || token_.is(Op::Isa);
  Node *value = nullptr;
  if (adjacent() && word) {
    value = make_name(token_);
  } else if (adjacent() && (token_.kind == Tok::True || token_.kind == Tok::False)) {
    value = arena_.boolean(token_.kind == Tok::True, range(token_.begin, token_.end));
  } else {
    fail(range(dollar, dollar + 1),
         "expected a name or `(` after `$` in a string; write `\\$` for a dollar sign");
  }
  previous_end_ = token_.end;
  return value;
}

Node *Parser::parse_paren_interpolation() {
  uint32_t begin = token_.begin;
  NodeList list(*this);
  bump();
  // What follows the parenthesis is text, and must not go through the lexer: it may look like a comment
  // that runs to the end of the file.
  Group group = parse_group(list, begin, Tok::RParen, Closer::Leave);
  previous_end_ = token_.end;
  if (list.size() != 1 || group.commas || group.semicolons || group.generator)
    fail(range_from(begin), "expected one expression in `$(...)`");
  Node *value = list[0];
  // A literal string in a string must stay apart from the text around it.
  if (value->kind == NodeKind::String && !value->has_flag(kFlagParens))
    value = make(Head::String, begin, {value});
  return mark_parens(value);
}

Node *Parser::finish_string(std::vector<Chunk> &chunks, bool triple, uint32_t opener) {
  IndentFinder finder;
  if (triple) {
    for (const Chunk &chunk : chunks)
      chunk.value ? finder.add_interpolation() : finder.add_text(text(chunk.begin, chunk.end), false);
    finder.add_end();
  }
  NodeList parts(*this);
  bool interpolates = false;
  for (size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i].value) {
      parts.push(chunks[i].value);
      interpolates = true;
      continue;
    }
    std::string content;
    append_chunk(content, chunks[i], finder.indent(), triple, i == 0);
    if (!content.empty())
      parts.push(arena_.string(content, range(chunks[i].begin, chunks[i].end)));
  }
  if (interpolates)
    return make(Head::String, opener, parts.span());
  Node *literal = parts.empty() ? arena_.string("") : parts[0];
  literal->range = range_from(opener);
  return literal;
}

void Parser::append_chunk(std::string &out, const Chunk &chunk, std::string_view indent, bool triple,
                          bool first) {
  std::string_view source = text(chunk.begin, chunk.end);
  EscapeResult result;
  if (triple) {
    std::string_view body = first ? skip_first_line_end(source) : source;
    bool at_line_start = first && body.size() < source.size();
    result = append_unescaped(out, remove_indent(body, indent, at_line_start));
  } else {
    result = append_unescaped(out, source);
  }
  if (result.ok)
    return;
  std::string ignored;
  if (triple) // where it is in the text as written
    result = append_unescaped(ignored, source);
  uint32_t at = chunk.begin + result.bad_at;
  fail(range(at, at + result.bad_length), "invalid escape sequence");
}

// --- Raw text: name"text", `command`, var"name"

uint32_t Parser::find_raw_end(uint32_t offset, char delimiter, bool triple, uint32_t opener) {
  std::string_view source = file_.text;
  while (offset < source.size()) {
    if (source[offset] == '\\')
      offset += 2;
    else if (at_delimiter(offset, delimiter, triple))
      return offset;
    else
      ++offset;
  }
  fail_unterminated(opener, delimiter == '"' ? "string" : "command");
}

std::string Parser::scan_raw(char delimiter) {
  uint32_t opener = token_.begin;
  bool triple = is_triple(delimiter);
  uint32_t quotes = triple ? 3 : 1;
  uint32_t end = find_raw_end(opener + quotes, delimiter, triple, opener);
  std::string_view source = text(opener + quotes, end);
  resume_at(end + quotes);
  std::string out;
  if (!triple) {
    append_raw(out, source, delimiter);
    return out;
  }
  IndentFinder finder;
  finder.add_text(source, true);
  finder.add_end();
  std::string_view body = skip_first_line_end(source);
  append_raw(out, remove_indent(body, finder.indent(), body.size() < source.size()), delimiter);
  return out;
}

Node *Parser::parse_command() {
  uint32_t begin = token_.begin;
  Node *line = line_node(begin);
  std::string content = scan_raw('`');
  Range where = range_from(begin);
  Node *macro = arena_.global_ref(Symbol::intern("Core"), Symbol::intern("@cmd"), where);
  return make(Head::MacroCall, begin, {macro, line, arena_.string(content, where)});
}

// --- 'c'

Node *Parser::parse_char() {
  uint32_t begin = token_.begin, at = begin + 1;
  std::string_view source = file_.text;
  if (source.substr(at).starts_with("''")) // the character ' itself
    ++at;
  else if (source.substr(at).starts_with("'"))
    fail(range(begin, begin + 2), "empty character literal");
  while (at < source.size() && source[at] != '\'' && source[at] != '\n')
    at += source[at] == '\\' ? 2 : 1;
  if (at >= source.size() || source[at] != '\'') {
    incomplete_ |= !failed_ && at >= source.size();
    fail(range(begin, begin + 1), "character literal has no closing `'`");
  }
  std::string content;
  EscapeResult result = append_unescaped(content, source.substr(begin + 1, at - begin - 1));
  if (!result.ok)
    fail(range(begin + 1 + result.bad_at, begin + 1 + result.bad_at + result.bad_length),
         "invalid escape sequence");
  uint32_t bits;
  if (!pack_character(content, bits))
    fail(range(begin, at + 1), "character literal holds more than one character");
  resume_at(at + 1);
  return arena_.character(bits, range(begin, at + 1));
}

} // namespace jl
