// SPDX-License-Identifier: MIT
// What the compiler has to say about a program's text, and how it is shown.
//
// Stages report into a DiagnosticSink and go on; whoever drives them renders the sink at the end:
//
//   prime.jl:3:9: error: unexpected `)`
//       x = (1 + )
//                ^
//
// Carets are placed by the width that a terminal gives the characters (utf8proc), tabs are kept.
#pragma once

#include "jl/support/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace jl {

enum class Severity : uint8_t { Note, Warning, Error };

struct Diagnostic {
  Severity severity = Severity::Error;
  Range range;
  std::string message; ///< lower case, subject first, no full stop
};

/// Collects diagnostics in the order reported. One thread at a time.
class DiagnosticSink {
public:
  /// Errors past `max_errors` are counted, not kept: one broken file should not fill the screen.
  explicit DiagnosticSink(size_t max_errors = 20) : max_errors_(max_errors) {}

  void report(Diagnostic diagnostic);
  void error(Range range, std::string message) { report({Severity::Error, range, std::move(message)}); }
  void warning(Range range, std::string message) { report({Severity::Warning, range, std::move(message)}); }

  const std::vector<Diagnostic> &diagnostics() const { return diagnostics_; }
  size_t error_count() const { return error_count_; }
  bool has_errors() const { return error_count_ != 0; }

private:
  std::vector<Diagnostic> diagnostics_;
  size_t max_errors_;
  size_t error_count_ = 0;
};

/// `file:line:column: severity: message`, the source line, and carets under the range (tildes where the
/// range goes on past the first character). Ends in a newline.
std::string render(const SourceMap &sources, const Diagnostic &diagnostic);

/// All diagnostics in order of position, then "N errors" if some were dropped.
std::string render(const SourceMap &sources, const DiagnosticSink &sink);

/// Columns a terminal uses for UTF-8 `text` (tab counts one; a broken byte counts one).
size_t display_width(std::string_view text);

} // namespace jl
