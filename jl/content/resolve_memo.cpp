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
};

/// In collected memory; looked up only.
struct Memo {
  std::recursive_mutex mutex;
  std::unordered_map<std::string_view, Known, std::hash<std::string_view>, std::equal_to<>,
                     GcAllocator<std::pair<const std::string_view, Known>>>
      known; // the keys lie in collected memory
  uint64_t age = 0;
  size_t bytes = 0;

  void forget_if_older(uint64_t now) {
    if (age == now && bytes < kMostBytes)
      return;
    age = now;
    bytes = 0;
    known.clear();
  }
};

Memo &memo() {
  static auto *all = gc_new<Memo>();
  return *all;
}

std::string_view text_of(std::span<const uint8_t> bytes) { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }

bool is_visible(const Method *method, uint64_t world) {
  return method->primary_world.load() <= world && world < method->deleted_world.load();
}

} // namespace

uint64_t memo_age() { return module_replacements(); }

Value *find_resolved(std::span<const uint8_t> description, uint64_t world, Basis *basis) {
  Memo &all = memo();
  RuntimeLock lock(all.mutex);
  all.forget_if_older(memo_age());
  auto found = all.known.find(text_of(description));
  if (found == all.known.end())
    return nullptr;
  const Known &known = found->second;
  if (!std::ranges::all_of(known.methods, [&](Method *m) { return is_visible(m, world); }))
    return nullptr;
  if (basis)
    basis->methods.insert(basis->methods.end(), known.methods.begin(), known.methods.end());
  return known.value;
}

void keep_resolved(std::span<const uint8_t> description, Value *v, const Basis &basis, uint64_t age) {
  if (!basis.lasts)
    return;
  Memo &all = memo();
  RuntimeLock lock(all.mutex);
  all.forget_if_older(memo_age());
  if (age != all.age)
    return; // it may be of a module that is no more
  auto *copy = GcAllocator<char>().allocate(description.size());
  std::ranges::copy(description, copy);
  all.bytes += description.size();
  all.known.insert_or_assign(std::string_view(copy, description.size()), Known{v, basis.methods});
}

} // namespace jl::content
