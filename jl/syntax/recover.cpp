// SPDX-License-Identifier: MIT
// Mistakes: how they are reported, and where parsing goes on behind them.
//
// A broken statement is skipped up to the line end where all brackets and blocks that it opened are closed
// again. A bracket that is never closed must not swallow the file, so indentation decides too: a line that
// starts further left than the statement, or as far right while a bracket is open, begins the next one.
#include "jl/syntax/parser.h"

#include "jl/support/utf8.h"

#include <algorithm>
#include <cstdio>

namespace jl {

void Parser::report(Range where, std::string message) {
  failed_ = true;
  failure_ = message;
  sink_.error(where, std::move(message));
}

void Parser::fail(Range where, std::string message) {
  report(where, std::move(message));
  throw SyntaxFailure();
}

std::string Parser::describe_lex_error() const {
  std::string message(lex_error_message(token_.error));
  if (token_.error == LexError::InvalidOperator || token_.error == LexError::UnknownCharacter)
    return message + " `" + std::string(text(token_)) + "`";
  if (token_.error != LexError::InvisibleCharacter)
    return message;
  char code[16];
  snprintf(code, sizeof code, " U+%04X", decode_character(file_.text, token_.begin).code);
  return message + code;
}

// At the token.
void Parser::fail_here(std::string message) {
  if (token_.kind == Tok::Error) {
    incomplete_ |= !failed_ && token_.error == LexError::UnterminatedComment;
    fail(range(token_.begin, token_.end), describe_lex_error());
  }
  if (token_.kind == Tok::Eof)
    note_end_of_text();
  fail(range(token_.begin, std::max(token_.end, token_.begin)), std::move(message));
}

// The text ends too early. Said once: everything still open would complain.
void Parser::note_end_of_text() {
  if (end_reported_)
    throw SyntaxFailure();
  end_reported_ = true;
  incomplete_ = !failed_;
}

void Parser::fail_too_deep() {
  fail(range(token_.begin, token_.end), "expression nested too deeply");
}

void Parser::fail_unclosed(Range opener, std::string_view what, std::string_view closer) {
  if (token_.kind != Tok::Eof)
    fail_here("expected `" + std::string(closer) + "`, found " + describe(token_));
  note_end_of_text();
  fail(opener, "`" + std::string(what) + "` has no `" + std::string(closer) + "`");
}

// A literal that runs to the end of the text. Nothing behind its opener can be trusted.
void Parser::fail_unterminated(uint32_t opener, std::string_view what) {
  incomplete_ |= !failed_;
  end_reported_ = true;
  uint32_t end = std::min<size_t>(opener + 1, file_.text.size());
  resume_at(file_.text.size());
  fail(range(opener, end), std::string(what) + " has no closing delimiter");
}

void Parser::fail_extra() {
  fail_here("unexpected " + describe(token_) + " after the end of an expression");
}

std::string Parser::describe(const Token &token) const {
  if (token.kind == Tok::Eof)
    return "end of input";
  if (token.has(kNewlineBefore) && !context_.newline_is_blank)
    return "end of line";
  std::string_view shown = text(token);
  if (token.kind == Tok::Quote)
    return "a string";
  if (is_number(token.kind))
    return "number `" + std::string(shown) + "`";
  if (token.kind == Tok::Identifier)
    return "name `" + std::string(shown) + "`";
  return "`" + std::string(shown) + "`";
}

Node *Parser::make_error_node(uint32_t begin) {
  Node *message = arena_.string(failure_, range_from(begin));
  return arena_.expr(incomplete_ ? Head::Incomplete : Head::Error, {message}, range_from(begin));
}

// A text that ends too early is searched once for where it may go on, not for each block left open; and
// after many mistakes the rest is skipped.
Node *Parser::recover(uint32_t begin) {
  spaced_macro_ = false;
  bool at_end = token_.kind == Tok::Eof && end_reported_;
  if (sink_.error_count() >= kMaxErrors)
    resume_at(file_.text.size());
  else if (!at_end || !end_recovered_)
    skip_broken_statement(begin);
  end_recovered_ |= at_end;
  return make_error_node(begin);
}

uint32_t Parser::column_of(uint32_t offset) {
  return offset - file_.line_starts()[line_of(offset) - file_.first_line];
}

namespace {

bool opens_block(Tok kind) {
  switch (kind) {
  case Tok::KwBaremodule:
  case Tok::KwBegin:
  case Tok::KwFor:
  case Tok::KwFunction:
  case Tok::KwIf:
  case Tok::KwLet:
  case Tok::KwMacro:
  case Tok::KwModule:
  case Tok::KwQuote:
  case Tok::KwStruct:
  case Tok::KwTry:
  case Tok::KwWhile:
  case Tok::KwDo:
    return true;
  default:
    return false;
  }
}

Tok closer_of(Tok kind) {
  switch (kind) {
  case Tok::LParen:
    return Tok::RParen;
  case Tok::LBracket:
    return Tok::RBracket;
  case Tok::LBrace:
    return Tok::RBrace;
  default:
    return opens_block(kind) ? Tok::KwEnd : Tok::Eof;
  }
}

bool is_closer(Tok kind) {
  return kind == Tok::RParen || kind == Tok::RBracket || kind == Tok::RBrace || kind >= Tok::KwCatch;
}

} // namespace

// Takes one token, or a whole string; keeps `open`, the closers that are still to come.
bool Parser::skip_token_for_recovery(std::vector<Tok> &open) {
  Tok kind = token_.kind;
  bool in_brackets = !open.empty() && open.back() != Tok::KwEnd;
  if (kind == Tok::Eof)
    return false;
  if (kind == Tok::Quote || kind == Tok::Backtick) {
    char delimiter = file_.text[token_.begin];
    bool triple = is_triple(delimiter);
    uint32_t end = token_.end + (triple ? 2 : 0);
    while (end < file_.text.size() && !at_delimiter(end, delimiter, triple))
      end += file_.text[end] == '\\' ? 2 : 1;
    resume_at(std::min<size_t>(end + (triple ? 3 : 1), file_.text.size()));
    return true;
  }
  if (Tok closer = closer_of(kind); closer != Tok::Eof && !(closer == Tok::KwEnd && in_brackets))
    open.push_back(closer);
  else if (!open.empty() && open.back() == kind)
    open.pop_back();
  bump();
  return true;
}

void Parser::skip_broken_statement(uint32_t begin) {
  uint32_t broken_at = token_.begin;
  uint32_t column = column_of(begin);
  std::vector<Tok> open;
  resume_at(begin);
  while (token_.begin < broken_at && skip_token_for_recovery(open))
    ;
  if (token_.begin == begin)
    skip_token_for_recovery(open);
  while (token_.kind != Tok::Eof) {
    if (token_.has(kNewlineBefore)) {
      uint32_t here = column_of(token_.begin);
      bool in_bracket = !open.empty() && open.back() != Tok::KwEnd;
      if (open.empty() || here < column || (here == column && in_bracket && !is_closer(token_.kind)))
        return;
    }
    skip_token_for_recovery(open);
  }
}

} // namespace jl
