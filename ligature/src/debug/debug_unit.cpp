// SPDX-License-Identifier: MIT
#include "debug/debug_unit.h"

#include <algorithm>
#include <unordered_map>

namespace ligature {

namespace {

class Describer {
public:
  explicit Describer(const PlaceOf &place) : place_of_(place) {}

  void add(const CodeRange &range) {
    DebugUnit::Function function{range.name, range.role, range.begin, range.end, DebugUnit::kNone, {}, {}};
    range_ = &range;
    lines_ = range.lines.unpack();
    add_scopes(function);
    add_rows(function);
    unit_.functions.push_back(std::move(function));
  }
  DebugUnit take() { return std::move(unit_); }

private:
  uint32_t file(const std::string &name) {
    if (name.empty())
      return DebugUnit::kNone;
    auto found = std::find(unit_.files.begin(), unit_.files.end(), name);
    if (found == unit_.files.end())
      found = unit_.files.insert(found, name);
    return static_cast<uint32_t>(found - unit_.files.begin());
  }

  uint32_t place(uint32_t scope) {
    const auto *methods = range_->positions.get();
    uint32_t ordinal = lines_.scopes[scope].method;
    if (!methods || ordinal >= methods->size())
      return DebugUnit::kNone;
    auto next = static_cast<uint32_t>(unit_.places.size());
    auto [found, fresh] = places_.try_emplace((*methods)[ordinal], next);
    if (fresh) {
      SourcePlace place = place_of_(found->first);
      unit_.places.push_back({place.function, file(place.file), place.base_line});
    }
    return found->second;
  }

  /// One Inlined for each scope that is a call, in the table's order; `inlined_` says which is which.
  void add_scopes(DebugUnit::Function &function) {
    const std::vector<LineScope> &scopes = lines_.scopes;
    inlined_.assign(scopes.size(), DebugUnit::kNone);
    scope_places_.assign(scopes.size(), DebugUnit::kNone);
    for (uint32_t i = 0; i < scopes.size(); i++) {
      uint32_t at = scope_places_[i] = place(i);
      uint32_t parent = scopes[i].parent;
      if (parent == LineScope::kNone) {
        function.place = function.place == DebugUnit::kNone ? at : function.place;
        continue;
      }
      if (at == DebugUnit::kNone || scope_places_[parent] == DebugUnit::kNone)
        continue;
      const DebugUnit::Place &caller = unit_.places[scope_places_[parent]];
      unit_.places[at].inlined = true;
      inlined_[i] = static_cast<uint32_t>(function.inlined.size());
      function.inlined.push_back(
          {at, inlined_[parent], caller.file, caller.base_line + scopes[i].call_line, {}});
    }
  }

  /// A row that stands for no line belongs to the line before it, as long as there is one.
  void add_rows(DebugUnit::Function &function) {
    const std::vector<LineRow> &rows = lines_.rows;
    for (size_t i = 0; i < rows.size(); i++) {
      const LineRow &row = rows[i];
      if (row.scope == LineScope::kNone || row.line <= 0 || scope_places_[row.scope] == DebugUnit::kNone)
        continue;
      uintptr_t begin = range_->begin + row.offset;
      uintptr_t end = i + 1 < rows.size() ? range_->begin + rows[i + 1].offset : range_->end;
      const DebugUnit::Place &place = unit_.places[scope_places_[row.scope]];
      add_calls(function, row.scope, begin);
      if (place.file != DebugUnit::kNone)
        add_row(function, {begin, place.file, place.base_line + row.line}, end);
      for (uint32_t scope = row.scope; scope != LineScope::kNone; scope = lines_.scopes[scope].parent)
        if (inlined_[scope] != DebugUnit::kNone)
          extend(function.inlined[inlined_[scope]].ranges, begin, end);
    }
  }

  /// Where inlined code begins, its call is a row of its own, so that its line can have a breakpoint.
  void add_calls(DebugUnit::Function &function, uint32_t scope, uintptr_t address) {
    uint32_t index = inlined_[scope];
    if (index == DebugUnit::kNone)
      return;
    const DebugUnit::Inlined &call = function.inlined[index];
    if (!call.ranges.empty() && call.ranges.back().second == address)
      return; // goes on from the row before
    add_calls(function, lines_.scopes[scope].parent, address);
    bool other_file = has_row_at(function, address) && function.rows.back().file != call.call_file;
    if (call.call_file != DebugUnit::kNone && !other_file)
      function.rows.push_back({address, call.call_file, call.call_line});
  }

  static bool has_row_at(const DebugUnit::Function &function, uintptr_t address) {
    return !function.rows.empty() && function.rows.back().address == address;
  }

  /// Of rows at one address in different files gdb keeps one alone. A call is worth more than the first of
  /// what was inlined, which then begins a byte on: within an instruction, so there is no breakpoint on it.
  static void add_row(DebugUnit::Function &function, DebugUnit::Row row, uintptr_t end) {
    if (has_row_at(function, row.address) && function.rows.back().file != row.file) {
      row.address++;
      row.breakpoint = false;
    }
    if (row.address < end)
      function.rows.push_back(row);
  }

  static void extend(std::vector<std::pair<uintptr_t, uintptr_t>> &ranges, uintptr_t begin, uintptr_t end) {
    if (!ranges.empty() && ranges.back().second == begin)
      ranges.back().second = end;
    else if (begin < end)
      ranges.emplace_back(begin, end);
  }

  const PlaceOf &place_of_;
  const CodeRange *range_ = nullptr;
  LineTable lines_; // its
  DebugUnit unit_;
  std::unordered_map<const void *, uint32_t> places_; // looked up only, never iterated
  std::vector<uint32_t> inlined_, scope_places_;      // by scope of the range at hand
};

} // namespace

DebugUnit describe(std::span<const CodeRange *const> functions, const PlaceOf &place) {
  Describer describer(place);
  for (const CodeRange *function : functions)
    describer.add(*function);
  return describer.take();
}

} // namespace ligature
