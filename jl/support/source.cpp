// SPDX-License-Identifier: MIT
#include "jl/support/source.h"

#include "jl/support/utf8.h"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace jl {

namespace {

std::vector<uint32_t> find_line_starts(std::string_view text) {
  std::vector<uint32_t> starts{0};
  const char *begin = text.data(), *end = begin + text.size(), *p = begin;
  while (p != end && (p = static_cast<const char *>(memchr(p, '\n', end - p))))
    starts.push_back(++p - begin);
  return starts;
}

} // namespace

const std::vector<uint32_t> &SourceFile::line_starts() const {
  std::call_once(lines_found_, [this] { line_starts_ = find_line_starts(text); });
  return line_starts_;
}

uint32_t SourceFile::line_at(uint32_t offset) const {
  const std::vector<uint32_t> &starts = line_starts();
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return first_line + (after - starts.begin()) - 1;
}

std::string_view SourceFile::line_text(uint32_t line) const {
  size_t index = line - first_line;
  const std::vector<uint32_t> &starts = line_starts();
  if (index >= starts.size())
    return {};
  size_t begin = starts[index];
  size_t end = index + 1 < starts.size() ? starts[index + 1] - 1 : text.size();
  if (end > begin && text[end - 1] == '\r')
    --end;
  return text.substr(begin, end - begin);
}

SourceMap::SourceMap() = default;
SourceMap::~SourceMap() = default;

/// Takes up positions for a text that fits.
FileId SourceMap::add_locked(std::unique_ptr<SourceFile> file, std::string name) {
  file->id = FileId{static_cast<uint32_t>(files_.size())};
  file->name = std::move(name);
  file->base = next_;
  next_ +=
      file->text.size() + 1; // the end of a text has a Pos of its own, distinct from the next text's first
  files_.push_back(std::move(file));
  return files_.back()->id;
}

FileId SourceMap::add(std::string name, std::string text, uint32_t first_line, bool *ok) {
  std::unique_lock lock(mutex_);
  bool fits = text.size() < UINT32_MAX - next_ - 1;
  if (ok)
    *ok = fits;
  if (!fits)
    text.clear();
  auto file = std::make_unique<SourceFile>();
  file->owned_ = std::move(text);
  file->text = file->owned_;
  file->first_line = first_line;
  return add_locked(std::move(file), std::move(name));
}

FileId SourceMap::add_static(std::string name, std::string_view text) {
  std::unique_lock lock(mutex_);
  auto file = std::make_unique<SourceFile>();
  file->text = text;
  return add_locked(std::move(file), std::move(name));
}

size_t SourceMap::size() const {
  std::shared_lock lock(mutex_);
  return files_.size();
}

const SourceFile &SourceMap::file(FileId id) const {
  std::shared_lock lock(mutex_);
  return *files_.at(static_cast<uint32_t>(id));
}

const SourceFile *SourceMap::find_file(Pos pos) const {
  std::shared_lock lock(mutex_);
  if (pos == kNoPos || pos >= next_)
    return nullptr;
  auto after = std::upper_bound(files_.begin(), files_.end(), pos,
                                [](Pos p, const auto &file) { return p < file->base; });
  return std::prev(after)->get();
}

SourceLocation SourceMap::locate(Pos pos) const {
  const SourceFile *file = find_file(pos);
  if (!file)
    return {};
  uint32_t offset = pos - file->base;
  uint32_t line = file->line_at(offset);
  uint32_t start = file->line_starts()[line - file->first_line];
  auto before = std::string_view(file->text).substr(start, offset - start);
  return {file, line, static_cast<uint32_t>(count_characters(before)) + 1, offset - start + 1};
}

std::string_view SourceMap::text(Range range) const {
  const SourceFile *file = find_file(range.begin);
  if (!file || range.end < range.begin || range.end > file->base + file->text.size())
    return {};
  return std::string_view(file->text).substr(range.begin - file->base, range.end - range.begin);
}

} // namespace jl
