// SPDX-License-Identifier: MIT
//
// Sorted runs of ascending size, merged like the digits of a binary counter: adding costs O(log n) amortised
// and a look-up one binary search in each of O(log n) runs. Runs never change but for one thing: removing
// a range empties its cell. Writers install a new list of runs and keep the old one until no reader is
// inside `find`; a reader that begins after that sees the new list, because all four accesses involved
// (reader: count up, load list; writer: store list, load count) are in one total order.
#include "ligature/code_map.h"


namespace ligature {

struct CodeMap::Run {
  struct Item {
    uintptr_t begin, end;
    std::atomic<const CodeRange *> range;
    Item(uintptr_t b, uintptr_t e, const CodeRange *r) : begin(b), end(e), range(r) {}
    Item(Item &&other) noexcept : begin(other.begin), end(other.end), range(other.range.load()) {}
  };
  mutable std::vector<Item> items;

  /// The item that holds `pc`, be it emptied or not.
  Item *find(uintptr_t pc) const {
    size_t low = 0, high = items.size();
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (items[middle].begin <= pc)
        low = middle + 1;
      else
        high = middle;
    }
    return low > 0 && pc < items[low - 1].end ? &items[low - 1] : nullptr;
  }
};

struct CodeMap::Snapshot {
  std::vector<std::shared_ptr<const Run>> runs; // largest and oldest first
};

namespace {

template <class Run> std::shared_ptr<Run> merge(const Run &a, const Run &b) {
  auto result = std::make_shared<Run>();
  result->items.reserve(a.items.size() + b.items.size());
  auto i = a.items.begin(), j = b.items.begin();
  while (i != a.items.end() || j != b.items.end()) {
    bool take_left = j == b.items.end() || (i != a.items.end() && i->begin < j->begin);
    auto &item = take_left ? *i++ : *j++;
    if (const CodeRange *range = item.range.load())
      result->items.emplace_back(item.begin, item.end, range);
  }
  return result;
}

} // namespace

CodeMap::CodeMap() : current_(new Snapshot) {}

CodeMap::~CodeMap() {
  const Snapshot *last = current_.load();
  for (auto &run : last->runs)
    for (auto &item : run->items)
      delete item.range.load();
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
  auto next = std::make_unique<Snapshot>();
  next->runs.reserve(current_.load()->runs.size() + 1);
  next->runs = current_.load()->runs;
  auto run = std::make_shared<Run>();
  run->items.reserve(ranges.size());
  for (const auto &range : ranges)
    run->items.emplace_back(range->begin, range->end, range.get());
  std::shared_ptr<const Run> last = std::move(run);
  while (!next->runs.empty() && next->runs.back()->items.size() <= last->items.size()) {
    last = merge(*next->runs.back(), *last);
    next->runs.pop_back();
  }
  next->runs.push_back(std::move(last));
  live_ += ranges.size();
  for (auto &range : ranges)
    range.release(); // NOLINT: owned by the map's items from here on
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
