// SPDX-License-Identifier: MIT
// Records::save_trees: which records go into a tree, and what a kept one is compared with.
//
// Each record goes into one tree, that of the first instance asked for that leads to it. A program that asks
// in the same order finds all it needs in trees; in another order it loads some records one by one, and has
// trees of these afterwards.
#include <ctime>
#include <mutex>
#include <utility>

#include "jl/content/records_state.h"
#include "jl/runtime/runtime_lock.h"

namespace jl::content {

/// Larger programs have more than one.
static constexpr size_t kMostMembers = 5000;
/// What is beyond is left for the next run.
static constexpr size_t kMostNoted = 20'000;

RecordTree *Records::State::tree(const Hash &key) {
  Bytes entry;
  return get(RecordStorage::Kind::Tree, key, entry) ? read_tree(std::move(entry)) : nullptr;
}

void Records::State::note_for_trees(const Hash &key, const Record *record,
                                    std::span<MethodInstance *const> calls) {
  GcVector<Hash> keys;
  for (MethodInstance *callee : calls)
    keys.push_back(Records::record_key(callee).value_or(Hash()));
  RuntimeLock lock(mutex);
  if (tables->noted.size() < kMostNoted)
    tables->noted[key] = gc_new<Noted>(record, std::move(keys));
}

void Records::State::note_root(MethodInstance *instance) {
  std::optional<Hash> key = Records::record_key(instance);
  Bytes description;
  Describer describer(description);
  describer.value(instance);
  if (!key || describer.failure())
    return;
  RuntimeLock lock(mutex);
  if (tables->roots.size() < kMostNoted)
    tables->roots.push_back(gc_new<Root>(*key, std::move(description)));
}

class TreeMaker {
public:
  explicit TreeMaker(const Tables::Map<Hash, Noted *, HashOfHash> &noted) : noted_(noted) {}

  /// What `root` leads to and no tree has yet, in the order of a walk; `root` is the first.
  GcVector<TreeMember> members_below(const Root &root) {
    members_.clear();
    of_members_.clear();
    numbers_.clear();
    if (!add(root.key, root.description))
      return {};
    for (size_t i = 0; i < members_.size(); i++) {
      const Noted &noted = *of_members_[i];
      GcVector<uint32_t> callees; // before it has its place: members are moved as they become more
      for (size_t call = 0; call < noted.calls.size(); call++)
        callees.push_back(number_of(noted.calls[call], noted.record->calls[call].instance));
      members_[i].callees = std::move(callees);
    }
    return std::move(members_);
  }

private:
  bool add(const Hash &key, std::span<const uint8_t> description) {
    auto found = noted_.find(key);
    if (found == noted_.end() || members_.size() == kMostMembers || !taken_.try_emplace(key).second)
      return false;
    numbers_.emplace(key, uint32_t(members_.size()));
    members_.push_back({found->second->record, description});
    of_members_.push_back(found->second);
    return true;
  }

  uint32_t number_of(const Hash &callee, std::span<const uint8_t> description) {
    add(callee, description);
    auto at = numbers_.find(callee);
    return at == numbers_.end() ? RecordTree::kNone : at->second;
  }

  const Tables::Map<Hash, Noted *, HashOfHash> &noted_;
  Tables::Map<Hash, bool, HashOfHash> taken_; // by any tree
  Tables::Map<Hash, uint32_t, HashOfHash> numbers_;
  GcVector<TreeMember> members_;
  GcVector<const Noted *> of_members_;
};

/// Whether what a kept tree says is what has been found now, as far as it rests on the same facts.
static bool agrees(const RecordTree &kept, std::span<const TreeMember> found) {
  Tables::Map<std::string_view, const Record *> by_instance;
  for (const TreeMember &one : found)
    by_instance.emplace(text_of(one.instance), one.record);
  for (const RecordTree::Member &member : kept.members) {
    auto now = by_instance.find(text_of(kept.descriptions[member.instance]));
    if (now == by_instance.end())
      continue;
    Bytes there, here;
    Record record = record_of(kept, member);
    write_record(record, there);
    write_record(*now->second, here);
    if (there != here && same_facts(record, *now->second))
      return false;
  }
  return true;
}

/// What this thread has computed: how busy the machine is does not matter.
static std::chrono::nanoseconds time_taken() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

void Records::save_trees(std::chrono::milliseconds limit) {
  const auto end = time_taken() + limit;
  Tables::Map<Hash, Noted *, HashOfHash> noted;
  GcVector<Root *> roots;
  {
    RuntimeLock lock(state_->mutex);
    noted.swap(state_->tables->noted);
    roots.swap(state_->tables->roots);
  }
  TreeMaker maker(noted);
  for (const Root *root : roots) {
    if (time_taken() > end)
      return;
    GcVector<TreeMember> members = maker.members_below(*root);
    if (members.empty())
      continue;
    RecordTree *kept = loads_trees ? nullptr : state_->tree(root->key);
    if (kept && !agrees(*kept, members)) {
      counters.contradicted++;
      if (on_wrong_tree)
        on_wrong_tree();
    }
    state_->storage->put(RecordStorage::Kind::Tree, root->key, write_tree(members));
  }
}

} // namespace jl::content
