// SPDX-License-Identifier: MIT
#include "ligature/line_table.h"

#include "entries/line_table_bytes.h"

#include <algorithm>

namespace ligature {
namespace {

constexpr std::string_view kMagic = "LIGL";
constexpr uint8_t kFormat = 1;

/// kNone is written as 0, all else one higher.
void write_index(ByteWriter &out, uint32_t index) {
  out.uleb(index == LineScope::kNone ? 0 : uint64_t{index} + 1);
}

uint32_t read_index(ByteReader &in) {
  uint32_t value = in.u32();
  return value == 0 ? LineScope::kNone : value - 1;
}

} // namespace

void write_line_table(ByteWriter &out, const LineTable &table) {
  out.uleb(table.scopes.size());
  for (const LineScope &scope : table.scopes) {
    write_index(out, scope.method);
    write_index(out, scope.parent);
    out.sleb(scope.call_line);
  }
  out.uleb(table.rows.size());
  LineRow last;
  for (const LineRow &row : table.rows) {
    out.uleb(row.offset - last.offset);
    out.sleb(int64_t{row.line} - last.line);
    write_index(out, row.scope);
    last = row;
  }
}

namespace {

LineScope read_scope(ByteReader &in) {
  LineScope scope;
  scope.method = read_index(in);
  scope.parent = read_index(in);
  scope.call_line = static_cast<int32_t>(in.sleb());
  return scope;
}

// Between two lines, each of 32 bits, and more than any such.
constexpr int64_t kOutside = int64_t{1} << 32;
bool in_range(int64_t step) {
  return step > -kOutside && step < kOutside;
}

bool fits(int64_t value) {
  return value >= INT32_MIN && value <= INT32_MAX;
}

} // namespace

LineTable read_line_table(ByteReader &in) {
  LineTable table;
  size_t scopes = in.count();
  table.scopes.reserve(scopes);
  for (size_t i = 0; i < scopes && in.ok(); ++i) {
    LineScope scope;
    scope.method = read_index(in);
    scope.parent = read_index(in);
    int64_t line = in.sleb();
    if (!fits(line) || (scope.parent != LineScope::kNone && scope.parent >= i))
      in.fail();
    scope.call_line = static_cast<int32_t>(line);
    table.scopes.push_back(scope);
  }
  size_t rows = in.count();
  table.rows.reserve(rows);
  uint64_t offset = 0;
  int64_t line = 0;
  for (size_t i = 0; i < rows && in.ok(); ++i) {
    offset += in.u32();
    int64_t step = in.sleb();
    line += in_range(step) ? step : kOutside;
    uint32_t scope = read_index(in);
    if (offset > UINT32_MAX || !fits(line) || (scope != LineScope::kNone && scope >= table.scopes.size()))
      in.fail();
    table.rows.push_back({static_cast<uint32_t>(offset), static_cast<int32_t>(line), scope});
  }
  return table;
}

PackedLines::PackedLines(const LineTable &table) {
  if (table == LineTable())
    return;
  ByteWriter out;
  write_line_table(out, table);
  bytes_ = out.take();
}

LineTable PackedLines::unpack() const {
  ByteReader in(bytes_);
  LineTable table = read_line_table(in);
  return in.ok() && in.at_end() ? table : LineTable();
}

std::optional<LineRow> PackedLines::find(uint32_t offset) const {
  ByteReader in(bytes_);
  for (size_t left = in.count(); left > 0 && in.ok(); --left)
    read_scope(in);
  std::optional<LineRow> last;
  LineRow row;
  for (size_t left = in.count(); left > 0; --left) {
    row.offset += in.u32();
    row.line = static_cast<int32_t>(static_cast<uint64_t>(row.line) + static_cast<uint64_t>(in.sleb()));
    row.scope = read_index(in);
    if (!in.ok() || row.offset > offset)
      break;
    last = row;
  }
  return last;
}

std::optional<LineScope> PackedLines::scope(uint32_t index) const {
  ByteReader in(bytes_);
  if (index >= in.count())
    return std::nullopt;
  LineScope scope;
  for (uint32_t i = 0; i <= index; ++i)
    scope = read_scope(in);
  if (!in.ok() || (scope.parent != LineScope::kNone && scope.parent >= index))
    return std::nullopt;
  return scope;
}

const LineRow *LineTable::find(uint32_t offset) const {
  auto after = std::upper_bound(rows.begin(), rows.end(), offset,
                                [](uint32_t value, const LineRow &row) { return value < row.offset; });
  return after == rows.begin() ? nullptr : &*(after - 1);
}

const LineTable *ObjectLines::find(std::string_view symbol) const {
  auto at = std::lower_bound(functions.begin(), functions.end(), symbol,
                             [](const Function &f, std::string_view name) { return f.symbol < name; });
  return at != functions.end() && at->symbol == symbol ? &at->table : nullptr;
}

std::vector<std::byte> write_lines(const ObjectLines &lines) {
  ByteWriter out;
  out.raw(kMagic);
  out.u8(kFormat);
  out.uleb(lines.functions.size());
  for (const ObjectLines::Function &function : lines.functions) {
    out.text(function.symbol);
    write_line_table(out, function.table);
  }
  return out.take();
}

std::expected<ObjectLines, std::string> read_lines(std::span<const std::byte> bytes) {
  ByteReader in(bytes);
  if (in.raw(kMagic.size()) != kMagic || in.u8() != kFormat)
    return std::unexpected("line table: not in format 1");
  ObjectLines lines;
  size_t count = in.count();
  for (size_t i = 0; i < count && in.ok(); ++i) {
    std::string symbol(in.text());
    lines.functions.push_back({std::move(symbol), read_line_table(in)});
  }
  if (!in.ok() || !in.at_end())
    return std::unexpected("line table: damaged");
  return lines;
}

} // namespace ligature
