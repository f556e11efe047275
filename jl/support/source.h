// SPDX-License-Identifier: MIT
// Source texts and positions in them.
//
// A SourceMap gives each text (a file, a line typed at the prompt, the argument of Meta.parse) its own
// stretch of one 32-bit position space. A `Pos` therefore names file and offset at once, and a Range
// is 8 bytes. Only what is shown to a person is turned into line and column. Positions depend on the
// order in which texts are added, so they must not reach a translation unit: use file and line there.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace jl {

using Pos = uint32_t;
constexpr Pos kNoPos = 0;

/// Half-open stretch of text [begin, end) within one file. `{kNoPos, kNoPos}`: made by no source text.
struct Range {
  Pos begin = kNoPos;
  Pos end = kNoPos;
  explicit operator bool() const { return begin != kNoPos; }
  friend bool operator==(const Range &, const Range &) = default;
};

/// Which text of a SourceMap; dense from 0 in order of adding.
enum class FileId : uint32_t {};

/// One text. Immutable once added; lives as long as the SourceMap.
struct SourceFile {
  FileId id;
  std::string name;        ///< as the user gave it: a path, "none", "REPL[3]"
  std::string_view text;   ///< a zero byte follows it
  Pos base;                ///< Pos of the first byte
  uint32_t first_line = 1; ///< number of the text's first line

  /// Offset of each line's first byte; [0] == 0. Found when somebody asks; from any thread.
  const std::vector<uint32_t> &line_starts() const;
  /// 1-based number of the line that holds `offset`, counted from first_line.
  uint32_t line_at(uint32_t offset) const;
  /// The line's bytes without its line end. `line` counts from first_line.
  std::string_view line_text(uint32_t line) const;

private:
  friend class SourceMap;
  std::string owned_; // what `text` shows, unless that lies in the executable
  mutable std::once_flag lines_found_;
  mutable std::vector<uint32_t> line_starts_;
};

/// A position as a person reads it.
struct SourceLocation {
  const SourceFile *file = nullptr; ///< null for kNoPos
  uint32_t line = 0;                ///< 1-based
  uint32_t column = 0;              ///< 1-based, in characters (code points; a broken byte counts as one)
  uint32_t byte_column = 0;         ///< 1-based, in bytes
  std::string_view file_name() const { return file ? std::string_view(file->name) : "none"; }
};

/// All texts of a session. Every member may be called from any thread.
class SourceMap {
public:
  SourceMap();
  ~SourceMap();
  SourceMap(const SourceMap &) = delete;
  SourceMap &operator=(const SourceMap &) = delete;

  /// Takes over the text. Returns false in `ok` (and an empty file) when 4 GiB of text are used up.
  FileId add(std::string name, std::string text, uint32_t first_line = 1, bool *ok = nullptr);
  /// A text that stays where it is for as long as the process runs, with a zero byte behind it.
  FileId add_static(std::string name, std::string_view text);
  /// How many texts there are.
  size_t size() const;

  const SourceFile &file(FileId id) const;
  /// The file that `pos` lies in (its end counts), or null for kNoPos or a position never given out.
  const SourceFile *find_file(Pos pos) const;
  SourceLocation locate(Pos pos) const;
  /// The text of `range`; empty when the range is not inside one file.
  std::string_view text(Range range) const;

private:
  FileId add_locked(std::unique_ptr<SourceFile> file, std::string name);

  mutable std::shared_mutex mutex_;
  std::vector<std::unique_ptr<SourceFile>> files_; // ascending by base
  Pos next_ = 1;
};

} // namespace jl
