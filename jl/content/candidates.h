// SPDX-License-Identifier: MIT
// The records of an instance, one after another: that of a tree (record_tree.h) first, if it is in one, then
// those of its own entry. What a record says of the program itself is looked at here. Whether its callees
// come to what it expects of them is the walk's question (validate.cpp).
#pragma once

#include "jl/content/records_state.h"
#include "jl/content/tree_facts.h"

namespace jl::content {

/// A member of a tree.
struct Place {
  TreeFacts *facts;
  uint32_t member;
};

/// The trees that a walk has come to, and where in them an instance's record stands.
class TreesInUse {
public:
  /// Both must outlive it.
  TreesInUse(Records &records, const Surroundings &around) : records_(records), around_(around) {}

  std::optional<Place> find(MethodInstance *instance) const;
  /// Reads the tree that `instance` begins, if there is one. `key` is that of its record.
  std::optional<Place> read(MethodInstance *instance, const Hash &key);
  /// Of an instance's places the first counts.
  void add(MethodInstance *instance, const Place &place) { places_.try_emplace(instance, place); }
  TreeFacts *facts_of(const RecordTree *tree);
  bool get_entry(const Hash &key, Bytes &entry);
  bool reads_trees() const { return records_.loads_trees; }

private:
  Records &records_;
  const Surroundings &around_;
  Tables::Map<MethodInstance *, Place> places_;
};

/// A record, and what it speaks of in the program.
struct Claim {
  TreeFacts *facts = nullptr;
  const RecordTree::Member *record = nullptr;
  Value *rettype = nullptr, *constant = nullptr;
  GcVector<MethodInstance *> calls; // parallel to the record's
  GcVector<Value *> signatures;
  GcVector<Binding *> bindings;
  uint64_t min_world = 0, max_world = kWorldMax; // where all of it holds

  /// Looks at what the record at `place` says. Null when it holds in `world`, or why not, a constant string.
  /// `trees` is told of the members that it calls.
  const char *take(const Place &place, uint64_t world, TreesInUse &trees);
  /// False when `world` is beyond the limits then.
  bool limit(uint64_t world, uint64_t min, uint64_t max);
  bool is_of_tree() const { return !facts->tree.record; }

private:
  const char *take_lookup(uint32_t number, uint64_t world);
  const char *take_global(uint32_t number);
  const char *take_call(const RecordTree::Call &call, TreesInUse &trees);
  const char *take_result();
};

class Candidates {
public:
  /// `may_begin_tree`: no other member of a tree leads to the instance.
  Candidates(MethodInstance *instance, bool may_begin_tree)
      : instance_(instance), may_begin_tree_(may_begin_tree) {}

  static constexpr const char *kNoRecord = "no record";

  /// Nothing after the last one. `why_not` is set where there should have been one, to a constant string.
  std::optional<Place> next(TreesInUse &trees, const char *&why_not);

  bool may_begin_tree() const { return may_begin_tree_; }
  /// Of the instance's entry, as far as it was asked for.
  const std::optional<Hash> &key() const { return key_; }
  const Bytes &entry() const { return entry_; }

private:
  std::optional<Place> of_tree(TreesInUse &trees);
  const char *read_entry(TreesInUse &trees);
  bool find_key();

  MethodInstance *instance_;
  bool may_begin_tree_, is_tree_left_ = true, is_entry_left_ = true;
  std::optional<Hash> key_;
  Bytes entry_;
  GcVector<std::span<const uint8_t>> left_; // of the entry
};

} // namespace jl::content
