// SPDX-License-Identifier: MIT
//
// Sorted runs, merged like the digits of a binary counter: adding costs O(log n) amortised and a look-up one
// binary search in each of O(log n) runs. A run has room behind its items: what lies above all of them, as
// new code nearly always does, goes there, and readers see it once the run's size says so; a full run is
// merged as well, for twice the room. Otherwise runs change in one way only: removing a range empties its
// cell. Writers that have to install a new list of runs
// keep the old one until no reader is inside `find`; a reader that begins after that sees the new list,
// because all four accesses involved (reader: count up, load list; writer: store list, load count) are in one
// total order.
#include "ligature/code_map.h"

#include <algorithm>

namespace ligature {

struct CodeMap::Run {
  struct Item {
    uintptr_t begin = 0, end = 0;
    std::atomic<const CodeRange *> range = nullptr;
  };
  explicit Run(size_t room) : room(room), items(std::make_unique<Item[]>(room)) {}

  const size_t room;
  const std::unique_ptr<Item[]> items;
  std::atomic<size_t> size = 0;

  /// The item that holds `pc`, be it emptied or not.
  Item *find(uintptr_t pc) const {
    size_t low = 0, high = size.load(std::memory_order_acquire);
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (items[middle].begin <= pc)
        low = middle + 1;
      else
        high = middle;
    }
    return low > 0 && pc < items[low - 1].end ? &items[low - 1] : nullptr;
  }

  /// By one writer at a time. What comes must lie above all that is there, and have room.
  void append(const CodeRange &range) {
    size_t at = size.load(std::memory_order_relaxed);
    items[at].begin = range.begin;
    items[at].end = range.end;
    items[at].range.store(&range, std::memory_order_relaxed);
    size.store(at + 1, std::memory_order_release);
  }
  bool can_append(std::span<const std::unique_ptr<CodeRange>> ranges) const {
    size_t there = size.load(std::memory_order_relaxed);
    return ranges.size() <= room - there && (there == 0 || items[there - 1].end <= ranges.front()->begin);
  }
};

struct CodeMap::Snapshot {
  std::vector<std::shared_ptr<Run>> runs; // oldest first
};

namespace {

constexpr size_t kLeastRoom = 64;

/// Without what was removed, and with as much room as it holds.
template <class Run> std::shared_ptr<Run> merge(const Run &a, const Run &b) {
  auto result = std::make_shared<Run>(std::max(kLeastRoom, 2 * (a.size + b.size)));
  size_t i = 0, j = 0;
  while (i < a.size || j < b.size) {
    bool take_left = j == b.size || (i < a.size && a.items[i].begin < b.items[j].begin);
    auto &item = take_left ? a.items[i++] : b.items[j++];
    if (const CodeRange *range = item.range.load())
      result->append(*range);
  }
  return result;
}

} // namespace

CodeMap::CodeMap() : current_(new Snapshot) {}

CodeMap::~CodeMap() {
  const Snapshot *last = current_.load();
  for (auto &run : last->runs)
    for (size_t i = 0; i < run->size; ++i)
      delete run->items[i].range.load();
  delete last;
}

void CodeMap::add(std::unique_ptr<CodeRange> range) {
  std::vector<std::unique_ptr<CodeRange>> one;
  one.push_back(std::move(range));
  add(std::move(one));
}

void CodeMap::add(std::vector<std::unique_ptr<CodeRange>> ranges) {
  if (ranges.empty())
    return;
  std::lock_guard lock(mutex_);
  live_ += ranges.size();
  const auto &runs = current_.load()->runs;
  if (runs.empty() || !runs.back()->can_append(ranges))
    return add_run_locked(std::move(ranges));
  for (auto &range : ranges)
    runs.back()->append(*range.release()); // NOLINT: owned by the map's items from here on
}

void CodeMap::add_run_locked(std::vector<std::unique_ptr<CodeRange>> ranges) {
  auto next = std::make_unique<Snapshot>(*current_.load());
  auto last = std::make_shared<Run>(std::max(kLeastRoom, ranges.size()));
  for (auto &range : ranges)
    last->append(*range.release()); // NOLINT: owned by the map's items from here on
  auto is_to_go = [&](const Run &run) { return run.size <= last->size || run.size == run.room; };
  while (!next->runs.empty() && is_to_go(*next->runs.back())) {
    last = merge(*next->runs.back(), *last);
    next->runs.pop_back();
  }
  next->runs.push_back(std::move(last));
  install_locked(std::move(next));
}

bool CodeMap::remove(uintptr_t begin) {
  std::lock_guard lock(mutex_);
  for (auto &run : current_.load()->runs) {
    Run::Item *item = run->find(begin);
    if (!item || item->begin != begin || !item->range.load())
      continue;
    retired_ranges_.emplace_back(const_cast<CodeRange *>(item->range.exchange(nullptr)));
    --live_;
    reclaim_locked();
    return true;
  }
  return false;
}

const CodeRange *CodeMap::find(uintptr_t pc) const {
  readers_.fetch_add(1);
  const CodeRange *found = nullptr;
  for (auto &run : current_.load()->runs) {
    if (Run::Item *item = run->find(pc))
      found = item->range.load();
    if (found)
      break;
  }
  readers_.fetch_sub(1);
  return found;
}

size_t CodeMap::frames(const CodeRange &range, uintptr_t pc, std::span<SourceFrame> out) {
  std::optional<LineRow> row = range.lines.find(static_cast<uint32_t>(pc - range.begin));
  if (!row)
    return 0;
  size_t count = 0;
  int32_t line = row->line;
  for (uint32_t index = row->scope; index != LineScope::kNone && count < out.size();) {
    std::optional<LineScope> scope = range.lines.scope(index);
    if (!scope)
      break;
    bool known = range.positions && scope->method < range.positions->size();
    out[count++] = {known ? (*range.positions)[scope->method] : nullptr, line,
                    scope->parent != LineScope::kNone};
    line = scope->call_line;
    index = scope->parent;
  }
  return count;
}

size_t CodeMap::size() const {
  std::lock_guard lock(mutex_);
  return live_;
}

void CodeMap::install_locked(std::unique_ptr<const Snapshot> next) {
  retired_.emplace_back(current_.exchange(next.release()));
  reclaim_locked();
}

void CodeMap::reclaim_locked() {
  if (readers_.load() != 0)
    return; // a later change will do it
  retired_.clear();
  retired_ranges_.clear();
}

} // namespace ligature
