// SPDX-License-Identifier: MIT
#include "jl/content/record_tree.h"

#include <unordered_map>

namespace jl::content {

namespace {

constexpr std::string_view kMagic = "LGT1";

/// Bytes that stand in a table once, by their number.
class Numbers {
public:
  /// Of bytes that stay where they are.
  uint32_t of(std::span<const uint8_t> bytes) {
    auto [at, is_new] = numbers_.try_emplace(text_of(bytes), uint32_t(all_.size()));
    if (is_new)
      all_.push_back(bytes);
    return at->second;
  }
  uint32_t of_copy(std::span<const uint8_t> bytes) {
    auto at = numbers_.find(text_of(bytes));
    return at == numbers_.end() ? of(*gc_new<Bytes>(bytes.begin(), bytes.end())) : at->second;
  }
  const GcVector<std::span<const uint8_t>> &all() const { return all_; }

private:
  std::unordered_map<std::string_view, uint32_t, std::hash<std::string_view>, std::equal_to<>,
                     GcAllocator<std::pair<const std::string_view, uint32_t>>>
      numbers_;
  GcVector<std::span<const uint8_t>> all_;
};

class TreeWriter {
public:
  Bytes write(std::span<const TreeMember> members) {
    Writer body{body_};
    body.number(members.size());
    for (const TreeMember &member : members)
      write_member(member, members);
    Bytes tree;
    Writer to{tree};
    to.raw(kMagic.data(), kMagic.size());
    to.number(things_.all().size());
    for (std::span<const uint8_t> thing : things_.all())
      to.bytes(thing);
    for (const Numbers *table : {&lookups_, &globals_}) {
      to.number(table->all().size());
      for (std::span<const uint8_t> one : table->all())
        to.raw(one.data(), one.size());
    }
    to.raw(body_.data(), body_.size());
    return tree;
  }

private:
  uint32_t lookup(const Record::Lookup &lookup) {
    scratch_.clear();
    Writer to{scratch_};
    to.number(things_.of(lookup.signature));
    to.hash(lookup.answer);
    to.hash(lookup.list);
    return lookups_.of_copy(scratch_);
  }

  uint32_t global(const Record::Global &global) {
    scratch_.clear();
    Writer to{scratch_};
    to.number(things_.of(global.module));
    to.text(global.name);
    to.hash(global.state);
    return globals_.of_copy(scratch_);
  }

  void write_member(const TreeMember &member, std::span<const TreeMember> members) {
    const Record &record = *member.record;
    Writer to{body_};
    to.number(things_.of(member.instance));
    to.number(things_.of(record.result));
    to.number(record.constant.empty() ? 0 : uint64_t(things_.of(record.constant)) + 1);
    to.number(record.effects);
    to.hash(record.typed_key);
    to.hash(record.finding);
    to.number(record.lookups.size());
    for (const Record::Lookup &one : record.lookups)
      to.number(lookup(one));
    to.number(record.globals.size());
    for (const Record::Global &one : record.globals)
      to.number(global(one));
    to.number(record.calls.size());
    for (size_t i = 0; i < record.calls.size(); i++) {
      uint32_t callee = member.callees[i];
      if (callee != RecordTree::kNone && members[callee].record->finding == record.calls[i].finding) {
        to.number(uint64_t(callee) * 2);
        continue;
      }
      to.number(uint64_t(things_.of(record.calls[i].instance)) * 2 + 1);
      to.hash(record.calls[i].finding);
    }
  }

  Numbers things_, lookups_, globals_;
  Bytes body_, scratch_;
};

class TreeReader {
  struct Counts {
    size_t lookups, globals, calls;
  };

public:
  explicit TreeReader(RecordTree &tree) : tree_(tree), in_{tree.bytes} {}

  bool read() {
    for (char c : kMagic)
      if (in_.byte() != uint8_t(c))
        return false;
    tree_.descriptions.resize(in_.count());
    for (std::span<const uint8_t> &description : tree_.descriptions)
      description = in_.bytes();
    tree_.lookups.resize(in_.count());
    for (RecordTree::Lookup &lookup : tree_.lookups)
      lookup = {below(tree_.descriptions.size()), hash(), hash()};
    tree_.globals.resize(in_.count());
    for (RecordTree::Global &global : tree_.globals)
      global = {below(tree_.descriptions.size()), in_.text(), hash()};
    tree_.members.resize(in_.count());
    counts_.resize(tree_.members.size());
    for (size_t i = 0; i < tree_.members.size() && !in_.failed; i++)
      read_member(tree_.members[i], counts_[i]);
    if (!in_.at_end() || tree_.members.empty())
      return false;
    point();
    return true;
  }

private:
  const Hash *hash() {
    static constexpr Hash kZeros{};
    std::span<const uint8_t> bytes = in_.bytes(sizeof(Hash));
    return in_.failed ? &kZeros : reinterpret_cast<const Hash *>(bytes.data());
  }

  uint32_t below(size_t limit) {
    uint64_t number = in_.number();
    if (number < limit)
      return uint32_t(number);
    in_.failed = true;
    return 0;
  }

  size_t read_numbers(size_t limit) {
    size_t count = in_.count();
    for (size_t i = 0; i < count && !in_.failed; i++)
      tree_.numbers.push_back(below(limit));
    return count;
  }

  void read_member(RecordTree::Member &member, Counts &counts) {
    member.instance = below(tree_.descriptions.size());
    member.result = below(tree_.descriptions.size());
    member.constant = below(tree_.descriptions.size() + 1) - 1; // kNone for 0
    member.effects = uint32_t(in_.number());
    member.typed_key = hash();
    member.finding = hash();
    counts.lookups = read_numbers(tree_.lookups.size());
    counts.globals = read_numbers(tree_.globals.size());
    counts.calls = in_.count();
    for (size_t i = 0; i < counts.calls && !in_.failed; i++)
      read_call();
  }

  void read_call() {
    uint32_t number = below(2 * std::max(tree_.descriptions.size(), tree_.members.size()));
    bool is_member = number % 2 == 0;
    in_.failed |= number / 2 >= (is_member ? tree_.members.size() : tree_.descriptions.size());
    if (!in_.failed)
      tree_.calls.push_back({number / 2, is_member, is_member ? nullptr : hash()});
  }

  /// Now that what is pointed to has its place.
  void point() {
    std::span<const uint32_t> numbers = tree_.numbers;
    std::span<const RecordTree::Call> calls = tree_.calls;
    auto take = [](auto &from, size_t count) {
      auto taken = from.first(count);
      from = from.subspan(count);
      return taken;
    };
    for (size_t i = 0; i < counts_.size(); i++) {
      RecordTree::Member &member = tree_.members[i];
      member.lookups = take(numbers, counts_[i].lookups);
      member.globals = take(numbers, counts_[i].globals);
      member.calls = take(calls, counts_[i].calls);
    }
    for (RecordTree::Call &call : tree_.calls)
      if (call.is_member)
        call.finding = tree_.members[call.callee].finding;
  }

  RecordTree &tree_;
  Reader in_;
  GcVector<Counts> counts_; // of each member
};

} // namespace

Bytes write_tree(std::span<const TreeMember> members) {
  return TreeWriter().write(members);
}

RecordTree *read_tree(Bytes bytes) {
  auto *tree = gc_new<RecordTree>();
  tree->bytes = std::move(bytes);
  return TreeReader(*tree).read() ? tree : nullptr;
}

RecordTree *tree_of(const Record *record) {
  auto *tree = gc_new<RecordTree>();
  tree->record = record;
  auto thing = [&](std::span<const uint8_t> description) {
    tree->descriptions.push_back(description);
    return uint32_t(tree->descriptions.size() - 1);
  };
  RecordTree::Member &only = tree->members.emplace_back();
  only.result = thing(record->result);
  if (!record->constant.empty())
    only.constant = thing(record->constant);
  only.effects = record->effects;
  only.typed_key = &record->typed_key;
  only.finding = &record->finding;
  for (const Record::Lookup &lookup : record->lookups)
    tree->lookups.push_back({thing(lookup.signature), &lookup.answer, &lookup.list});
  for (const Record::Global &global : record->globals)
    tree->globals.push_back({thing(global.module), global.name, &global.state});
  for (const Record::Call &call : record->calls)
    tree->calls.push_back({thing(call.instance), false, &call.finding});
  for (uint32_t i = 0; i < std::max(record->lookups.size(), record->globals.size()); i++)
    tree->numbers.push_back(i);
  std::span<const uint32_t> numbers = tree->numbers;
  only.lookups = numbers.first(record->lookups.size());
  only.globals = numbers.first(record->globals.size());
  only.calls = tree->calls;
  return tree;
}

Record record_of(const RecordTree &tree, const RecordTree::Member &member) {
  Record record;
  record.result = tree.descriptions[member.result];
  if (member.constant != RecordTree::kNone)
    record.constant = tree.descriptions[member.constant];
  record.effects = member.effects;
  record.typed_key = *member.typed_key;
  record.finding = *member.finding;
  for (uint32_t number : member.lookups) {
    const RecordTree::Lookup &lookup = tree.lookups[number];
    record.lookups.push_back({tree.descriptions[lookup.signature], *lookup.answer, *lookup.list});
  }
  for (uint32_t number : member.globals) {
    const RecordTree::Global &global = tree.globals[number];
    record.globals.push_back({tree.descriptions[global.module], global.name, *global.state});
  }
  for (const RecordTree::Call &call : member.calls) {
    uint32_t instance = call.is_member ? tree.members[call.callee].instance : call.callee;
    record.calls.push_back({tree.descriptions[instance], *call.finding});
  }
  return record;
}

} // namespace jl::content
