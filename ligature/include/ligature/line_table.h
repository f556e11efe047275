// SPDX-License-Identifier: MIT
//
// Where in the source an instruction came from, in the form that outlives the object: relative lines and
// method ordinals only, so that it can be kept beside the object and bound to any session.
//
// `compile` extracts it from the object's DWARF once; `code_map.h` looks addresses up in it; the absolute
// base (file, first line) belongs to whatever `LinkInfo::positions` refers to.
#pragma once

#include "ligature/version.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ligature {

/// A method's body: the function's own, or one inlined into it.
struct LineScope {
  static constexpr uint32_t kNone = ~0u;
  uint32_t method = kNone; ///< index into LinkInfo::positions
  uint32_t parent = kNone; ///< the scope it was inlined into; kNone for the function itself
  int32_t call_line = 0;   ///< line, in the parent, of the call that was inlined
  bool operator==(const LineScope &) const = default;
};

/// From `offset` on, up to the next row's, code stands for `line` of `scope`.
struct LineRow {
  uint32_t offset = 0; ///< bytes from the function's first
  int32_t line = 0;    ///< relative to the method's first line; what the unit's DILocation said
  uint32_t scope = 0;  ///< index into `scopes`; LineScope::kNone where nothing is known
  bool operator==(const LineRow &) const = default;
};

/// One function's table. Rows ascend by offset; a parent scope comes before its children.
struct LineTable {
  std::vector<LineRow> rows;
  std::vector<LineScope> scopes;
  /// The row that covers `offset`, or null.
  const LineRow *find(uint32_t offset) const;
  bool operator==(const LineTable &) const = default;
};

/// A table as bytes, in a third of the memory and as it lies in a flat unit: of most functions nobody ever
/// asks.
class LIGATURE_API PackedLines {
public:
  PackedLines() = default;
  explicit PackedLines(const LineTable &table);
  /// Bytes of another one, which are copied. What is damaged in them is as if it were not there.
  explicit PackedLines(std::span<const std::byte> bytes) : bytes_(bytes.begin(), bytes.end()) {}

  LineTable unpack() const;
  std::span<const std::byte> bytes() const { return bytes_; }
  // These two allocate nothing, so that a signal handler may call them.
  /// As LineTable::find.
  std::optional<LineRow> find(uint32_t offset) const;
  /// A scope's parent has a lower index.
  std::optional<LineScope> scope(uint32_t index) const;

private:
  std::vector<std::byte> bytes_;
};

/// The tables of one object, ascending by symbol.
struct ObjectLines {
  struct Function {
    std::string symbol;
    LineTable table;
    bool operator==(const Function &) const = default;
  };
  std::vector<Function> functions;
  const LineTable *find(std::string_view symbol) const;
  bool operator==(const ObjectLines &) const = default;
};

/// "LIGL" | u8 format | counts and rows as LEB128, offsets and lines as differences.
std::vector<std::byte> write_lines(const ObjectLines &lines);
std::expected<ObjectLines, std::string> read_lines(std::span<const std::byte> bytes);

} // namespace ligature
