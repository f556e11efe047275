// SPDX-License-Identifier: MIT
// Compiled units as the cache keeps them, under the content of the typed IR that they were made of: what their names stand for,
// by content, and the flat unit. Binding one takes no LLVM.
#pragma once

#include <chrono>
#include <memory>

#include "jl/content/hash.h"
#include "jl/runtime/method.h"
#include "ligature/cache.h"
#include "ligature/linker.h"

namespace jl {

/// A unit of one code instance, taken out of the linking library (a Session's `keep`) to be described once nothing is locked.
struct UnitToKeep {
  std::vector<std::byte> link_info;     // as write_link_info gives it
  std::vector<const void *> pointers;   // what its ordinals stand for: entries, values, methods
  std::vector<bool> is_entry;           // of each pointer
  std::vector<std::byte> flat;
  std::array<uint8_t, 32> object_key;   // what the object itself is kept under
  std::chrono::microseconds cost{0};
};

class KeptUnits {
public:
  /// `variant` is whatever else decides what code becomes of typed IR: the level of optimisation.
  KeptUnits(std::shared_ptr<ligature::Cache> cache, std::string variant);

  /// Puts a unit that defines `code` into the cache. Nothing happens when the code, or something that it refers to, has no content.
  void keep(CodeInstance *code, const content::Hash &typed_key, const UnitToKeep &unit);

  /// Finds the unit that an earlier process made of the same typed IR and binds it: `code` is published then. Null when there is
  /// none, or it cannot be bound here. Callees have to be inferred already: `code_for` gives their code in the task's world, or null.
  ligature::UnitHandle bind(Task *task, CodeInstance *code, const content::Hash &typed_key, ligature::Linker &linker,
                            const std::function<CodeInstance *(MethodInstance *)> &code_for);

private:
  ligature::CacheKey key_of(const content::Hash &typed_key) const;
  std::optional<ligature::CacheValue> look_up(const content::Hash &typed_key) const;

  std::shared_ptr<ligature::Cache> cache_;
  std::string prefix_; // of what is hashed to a key
};

} // namespace jl
