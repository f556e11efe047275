// SPDX-License-Identifier: MIT
#include "jl/support/diagnostic.h"

#include "jl/support/utf8.h"

#include <algorithm>

namespace jl {

namespace {

const char *severity_name(Severity severity) {
  switch (severity) {
  case Severity::Note:
    return "note";
  case Severity::Warning:
    return "warning";
  case Severity::Error:
    return "error";
  }
  return "error";
}

// A window of a long line around the place of interest, in bytes of the line.
struct Window {
  size_t begin, end;
};

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

constexpr size_t kMaxShown = 160;

Window choose_window(std::string_view line, size_t at) {
  if (line.size() <= kMaxShown)
    return {0, line.size()};
  size_t begin = at > kMaxShown / 2 ? at - kMaxShown / 2 : 0;
  size_t end = std::min(line.size(), begin + kMaxShown);
  while (begin > 0 && is_continuation(line[begin]))
    --begin;
  while (end < line.size() && is_continuation(line[end]))
    ++end;
  return {begin, end};
}

// Source text made fit for a terminal: no control characters but tab, no broken bytes.
std::string make_printable(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    Character c = decode_character(text, i);
    bool control = c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0);
    if (c.valid && (!control || c.code == '\t'))
      out.append(text.substr(i, c.length));
    else
      out.append("\xef\xbf\xbd"); // U+FFFD
    i += c.length;
  }
  return out;
}

// Blanks as wide as `text`, tabs kept so that the terminal aligns both lines alike.
std::string make_blanks(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    Character c = decode_character(text, i);
    if (c.code == '\t')
      out.push_back('\t');
    else
      out.append(c.valid ? character_width(c.code) : 1, ' ');
    i += c.length;
  }
  return out;
}

void append_excerpt(std::string &out, const SourceLocation &at, Range range) {
  std::string_view line = at.file->line_text(at.line);
  size_t begin = std::min<size_t>(at.byte_column - 1, line.size());
  size_t end = std::min<size_t>(begin + (range.end - range.begin), line.size());
  Window window = choose_window(line, begin);
  end = std::clamp(end, begin, std::max(begin, window.end));
  std::string shown = make_printable(line.substr(window.begin, window.end - window.begin));
  std::string before = make_printable(line.substr(window.begin, begin - window.begin));
  std::string under = make_printable(line.substr(begin, end - begin));
  const char *left = window.begin > 0 ? "  ..." : "    ";
  const char *left_blank = window.begin > 0 ? "     " : "    ";
  out.append(left).append(shown).append(window.end < line.size() ? "...\n" : "\n");
  out.append(left_blank).append(make_blanks(before)).push_back('^');
  size_t width = display_width(under);
  out.append(width > 1 ? width - 1 : 0, '~').push_back('\n');
}

} // namespace

void DiagnosticSink::report(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::Error && ++error_count_ > max_errors_)
    return;
  diagnostics_.push_back(std::move(diagnostic));
}

size_t display_width(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    Character c = decode_character(text, i);
    width += !c.valid || c.code == '\t' ? 1 : character_width(c.code);
    i += c.length;
  }
  return width;
}

std::string render(const SourceMap &sources, const Diagnostic &diagnostic) {
  SourceLocation at = sources.locate(diagnostic.range.begin);
  std::string out;
  if (at.file)
    out.append(at.file->name)
        .append(":")
        .append(std::to_string(at.line))
        .append(":")
        .append(std::to_string(at.column))
        .append(": ");
  out.append(severity_name(diagnostic.severity)).append(": ").append(diagnostic.message).append("\n");
  if (at.file)
    append_excerpt(out, at, diagnostic.range);
  return out;
}

std::string render(const SourceMap &sources, const DiagnosticSink &sink) {
  std::vector<const Diagnostic *> sorted;
  for (const Diagnostic &diagnostic : sink.diagnostics())
    sorted.push_back(&diagnostic);
  // The address breaks ties in the order of reporting: all lie in one vector.
  std::sort(sorted.begin(), sorted.end(), [](auto *a, auto *b) {
    return a->range.begin != b->range.begin ? a->range.begin < b->range.begin : a < b;
  });
  std::string out;
  size_t errors = 0;
  for (const Diagnostic *diagnostic : sorted) {
    errors += diagnostic->severity == Severity::Error;
    out += render(sources, *diagnostic);
  }
  if (sink.error_count() > errors)
    out += std::to_string(sink.error_count()) + " errors, the first " + std::to_string(errors) + " shown\n";
  return out;
}

} // namespace jl
