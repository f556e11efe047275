// SPDX-License-Identifier: MIT
#include "jl/content/candidates.h"

#include <algorithm>
#include <utility>

#include "jl/runtime/types.h"

namespace jl::content {

// --- Trees ---

std::optional<Place> TreesInUse::find(MethodInstance *instance) const {
  auto at = places_.find(instance);
  return at == places_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<Place> TreesInUse::read(MethodInstance *instance, const Hash &key) {
  RecordTree *tree = records_.state_->tree(key);
  if (!tree)
    return std::nullopt;
  records_.counters.trees++;
  return places_.emplace(instance, Place{facts_of(tree), 0}).first->second;
}

TreeFacts *TreesInUse::facts_of(const RecordTree *tree) {
  return gc_new<TreeFacts>(*records_.state_, around_, *tree);
}

bool TreesInUse::get_entry(const Hash &key, Bytes &entry) {
  return records_.state_->get(RecordStorage::Kind::Record, key, entry);
}

// --- One record ---

const char *Claim::take(const Place &place, uint64_t world, TreesInUse &trees) {
  *this = Claim();
  facts = place.facts;
  record = &place.facts->tree.members[place.member];
  for (uint32_t lookup : record->lookups)
    if (const char *why_not = take_lookup(lookup, world))
      return why_not;
  for (uint32_t global : record->globals)
    if (const char *why_not = take_global(global))
      return why_not;
  for (const RecordTree::Call &call : record->calls)
    if (const char *why_not = take_call(call, trees))
      return why_not;
  return take_result();
}

const char *Claim::take_lookup(uint32_t number, uint64_t world) {
  const TreeFacts::Lookup &lookup = facts->lookup(number);
  if (lookup.why_not)
    return lookup.why_not;
  signatures.push_back(lookup.signature);
  return limit(world, lookup.min_world, lookup.max_world) ? nullptr : "the world";
}

const char *Claim::take_global(uint32_t number) {
  const TreeFacts::Global &global = facts->global(number);
  if (!global.why_not)
    bindings.push_back(global.binding);
  return global.why_not;
}

const char *Claim::take_call(const RecordTree::Call &call, TreesInUse &trees) {
  const RecordTree &tree = facts->tree;
  Value *found = facts->thing(call.is_member ? tree.members[call.callee].instance : call.callee);
  if (!found || type_of(found) != types::MethodInstance_)
    return "a callee";
  auto *callee = static_cast<MethodInstance *>(found);
  calls.push_back(callee);
  if (call.is_member)
    trees.add(callee, Place{facts, call.callee});
  return nullptr;
}

const char *Claim::take_result() {
  rettype = facts->thing(record->result);
  if (!rettype || !is_type(rettype))
    return "the result's type";
  if (record->constant == RecordTree::kNone)
    return nullptr;
  constant = facts->thing(record->constant);
  return constant ? nullptr : "the constant result";
}

bool Claim::limit(uint64_t world, uint64_t min, uint64_t max) {
  min_world = std::max(min_world, min);
  max_world = std::min(max_world, max);
  return min_world <= world && world <= max_world;
}

// --- One after another ---

std::optional<Place> Candidates::next(TreesInUse &trees, const char *&why_not) {
  if (std::exchange(is_tree_left_, false))
    if (std::optional<Place> place = of_tree(trees))
      return place;
  if (std::exchange(is_entry_left_, false))
    why_not = read_entry(trees);
  while (!left_.empty()) {
    Record *record = read_record(left_.front());
    left_.erase(left_.begin());
    if (record)
      return Place{trees.facts_of(tree_of(record)), 0};
    why_not = "a damaged record";
  }
  return std::nullopt;
}

std::optional<Place> Candidates::of_tree(TreesInUse &trees) {
  if (std::optional<Place> known = trees.find(instance_))
    return known;
  return trees.reads_trees() && may_begin_tree_ && find_key() ? trees.read(instance_, *key_) : std::nullopt;
}

const char *Candidates::read_entry(TreesInUse &trees) {
  if (!find_key())
    return "an instance without content";
  if (!trees.get_entry(*key_, entry_))
    return kNoRecord;
  left_ = records_in(entry_);
  return left_.empty() ? "a damaged record" : nullptr;
}

bool Candidates::find_key() {
  if (!key_)
    key_ = Records::record_key(instance_);
  return key_.has_value();
}

} // namespace jl::content
