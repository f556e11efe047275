// SPDX-License-Identifier: MIT
// Methods by the hashes of their content: what is looked up most of all when kept units are bound, a dozen
// for each. One array, searched from where the hash says: a lookup touches one place in memory, and several
// can be asked for ahead.
#pragma once

#include <algorithm>

#include "jl/content/hash.h"
#include "jl/runtime/method.h"

namespace jl::content {

/// Lies in collected memory. Whoever uses it has a lock.
class MethodTable {
public:
  void insert_or_assign(const Hash &hash, Method *method) {
    if (2 * (used_ + 1) > slots_.size())
      grow();
    Slot &slot = slot_of(hash);
    used_ += !slot.method;
    slot = {hash, method};
  }

  /// Null when there is none.
  Method *find(const Hash &hash) { return slots_.empty() ? nullptr : slot_of(hash).method; }

  /// `hash` is going to be looked for.
  void expect(const Hash &hash) const {
    if (!slots_.empty())
      __builtin_prefetch(&slots_[HashOfHash()(hash) & (slots_.size() - 1)]);
  }

  void clear() {
    slots_.clear();
    used_ = 0;
  }

private:
  static constexpr size_t kFirstSlots = 256;
  struct Slot {
    Hash hash;
    Method *method = nullptr; // null: free
  };

  /// Where it is, or would be.
  Slot &slot_of(const Hash &hash) {
    size_t at = HashOfHash()(hash) & (slots_.size() - 1);
    while (slots_[at].method && slots_[at].hash != hash)
      at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

  void grow() {
    GcVector<Slot> before(std::max(kFirstSlots, 2 * slots_.size()));
    std::swap(before, slots_);
    for (const Slot &slot : before)
      if (slot.method)
        slot_of(slot.hash) = slot;
  }

  GcVector<Slot> slots_; // a power of two of them
  size_t used_ = 0;
};

} // namespace jl::content
