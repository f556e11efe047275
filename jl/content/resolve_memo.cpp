// SPDX-License-Identifier: MIT
#include "jl/content/resolve_memo.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "jl/runtime/exact.h"
#include "jl/runtime/runtime_lock.h"

namespace jl::content {

namespace {

constexpr size_t kMostBytes = size_t(16) << 20; // of descriptions; programs have a few hundred KB

struct Known {
  Value *value;
  GcVector<Method *> methods;
  uint64_t seen_in = 0; // a world in which all methods are visible
};

struct FirstWord {
  size_t operator()(const DescriptionHash &hash) const { return hash[0]; }
};

/// In collected memory; looked up only.
struct Memo {
  std::recursive_mutex mutex;
  std::unordered_map<std::string_view, Known, std::hash<std::string_view>, std::equal_to<>,
                     GcAllocator<std::pair<const std::string_view, Known>>>
      known; // the keys lie in collected memory
  std::unordered_map<DescriptionHash, Known *, FirstWord, std::equal_to<>,
                     GcAllocator<std::pair<const DescriptionHash, Known *>>>
      by_hash; // some of them, and others
  uint64_t age = 0;
  size_t bytes = 0;

  void forget_if_older(uint64_t now) {
    if (age == now && bytes < kMostBytes)
      return;
    age = now;
    bytes = 0;
    by_hash.clear();
    known.clear();
  }
};

Memo &memo() {
  static auto *all = gc_new<Memo>();
  return *all;
}

bool is_visible(const Method *method, uint64_t world) {
  return method->primary_world.load() <= world && world < method->deleted_world.load();
}

/// In a world that has begun nothing ever changes.
bool is_visible(Known &known, uint64_t world) {
  if (known.methods.empty() || known.seen_in == world)
    return true;
  if (!std::ranges::all_of(known.methods, [&](Method *m) { return is_visible(m, world); }))
    return false;
  if (world <= current_world())
    known.seen_in = world;
  return true;
}

} // namespace

uint64_t memo_age() {
  return module_replacements();
}

Value *find_resolved(std::span<const uint8_t> description, uint64_t world, Basis *basis) {
  Memo &all = memo();
  RuntimeLock lock(all.mutex);
  all.forget_if_older(memo_age());
  auto found = all.known.find(text_of(description));
  if (found == all.known.end())
    return nullptr;
  Known &known = found->second;
  if (!is_visible(known, world))
    return nullptr;
  if (basis)
    basis->methods.insert(basis->methods.end(), known.methods.begin(), known.methods.end());
  return known.value;
}

void find_resolved(std::span<Described> all, uint64_t world) {
  Memo &known = memo();
  RuntimeLock lock(known.mutex);
  known.forget_if_older(memo_age());
  for (Described &one : all) {
    if (one.value)
      continue;
    auto found = known.by_hash.find(one.hash);
    if (found == known.by_hash.end()) {
      if (is_code(one.description))
        continue; // long, and nobody else asks for it
      auto by_text = known.known.find(text_of(one.description));
      if (by_text == known.known.end())
        continue;
      found = known.by_hash.emplace(one.hash, &by_text->second).first; // where it lies it stays
    }
    if (is_visible(*found->second, world))
      one.value = found->second->value;
  }
}

/// Is what was begun at `age` to be remembered? If not, it may be of a module that is no more.
static bool begin_keeping_locked(Memo &all, const Basis &basis, uint64_t age) {
  all.forget_if_older(memo_age());
  return basis.lasts && age == all.age;
}

void keep_resolved(const DescriptionHash &hash, Value *v, const Basis &basis, uint64_t age) {
  Memo &all = memo();
  RuntimeLock lock(all.mutex);
  if (!begin_keeping_locked(all, basis, age))
    return;
  auto *known = gc_new<Known>();
  known->value = v;
  known->methods = basis.methods;
  all.bytes += sizeof *known;
  all.by_hash.insert_or_assign(hash, known);
}

void keep_resolved(std::span<const uint8_t> description, Value *v, const Basis &basis, uint64_t age) {
  Memo &all = memo();
  RuntimeLock lock(all.mutex);
  if (!begin_keeping_locked(all, basis, age))
    return;
  auto *copy = GcAllocator<char>().allocate(description.size());
  std::ranges::copy(description, copy);
  all.bytes += description.size();
  all.known.insert_or_assign(std::string_view(copy, description.size()), Known{v, basis.methods});
}

} // namespace jl::content
