// SPDX-License-Identifier: MIT
// Compiled units as the cache keeps them, under the content of what they were made of: what their names stand
// for, by content, and the flat unit. Binding one takes no LLVM.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "jl/content/resolve.h"
#include "jl/runtime/method.h"
#include "ligature/cache.h"
#include "ligature/linker.h"

namespace jl {

/// What a unit is code of.
struct UnitSubject {
  CodeInstance *code;               // whose entry it defines, or is an adapter to
  std::optional<content::Hash> key; // of all that decides the unit; none: it cannot be kept
  /// What else it refers to that has no content of its own: equal keys have equal things, in this order.
  GcVector<const void *> things = {};
  MethodInstance *thunk() const { return code->def && !code->def->def ? code->def : nullptr; }
};

/// A unit of one definition, taken out of the linking library (a Session's `keep`) to be described once
/// nothing is locked.
struct UnitToKeep {
  std::vector<std::byte> link_info;   // as write_link_info gives it
  std::vector<const void *> pointers; // what its ordinals stand for: entries, values, methods
  std::vector<bool> is_entry;         // of each pointer
  std::vector<std::byte> flat;
  std::array<uint8_t, 32> object_key; // what the object itself is kept under
  const ligature::Entry *entry;       // of the one definition
  std::string name;                   // for messages
  std::chrono::microseconds cost{0};
};

class KeptUnits {
public:
  /// `variant` is whatever else decides what code becomes of its source: the level of optimisation. `warn` is
  /// told of each entry that is wrong.
  KeptUnits(std::shared_ptr<ligature::Cache> cache, std::string variant,
            std::function<void(const std::string &)> warn);

  /// Puts a unit into the cache. Nothing happens when it is another subject's, or when that or something that
  /// it refers to has no content. Where the mode is Verify, what was kept of the subject must be this very
  /// unit; else that is said and counted, and this one takes its place.
  void keep(const UnitSubject &subject, const UnitToKeep &unit);

  /// What links a kept unit: the linker, from its flat form; or whoever has JITLink, from the object of that
  /// key (null if it cannot).
  using LinkObject =
      std::function<ligature::UnitHandle(ligature::LinkInfo info, const std::array<uint8_t, 32> &key)>;

  /// Finds the unit that an earlier process made of an equal subject and binds it: what it defines is
  /// published then. Null when there is none, or it cannot be bound here. Callees have to be inferred
  /// already: `code_for` gives their code in the task's world, or null. With `link_object` the flat form is
  /// left alone.
  ligature::UnitHandle bind(Task *task, const UnitSubject &subject, ligature::Linker &linker,
                            const std::function<CodeInstance *(MethodInstance *)> &code_for,
                            const LinkObject &link_object = nullptr);

  std::atomic<uint64_t> verified{0}; // units that were kept already and have been compared
  std::atomic<uint64_t> bound_ns{0}; // what finding units and binding them flat took, all together
  std::atomic<uint64_t> errors{0};   // entries that were not what they should be

  struct Parts; // of a record

private:
  bool find_methods(const content::Surroundings &around, const content::Hash &key,
                    std::span<const content::Hash> hashes, GcVector<Method *> &methods) const;
  bool resolve_parts(const content::Surroundings &around, const UnitSubject &subject, Parts &parts,
                     GcVector<const void *> &pointers) const;
  ligature::CacheKey key_of(const content::Hash &key) const;
  std::optional<ligature::CacheValue> look_up(const content::Hash &key) const;
  void compare(const ligature::CacheKey &key, const std::string &name, std::span<const std::byte> record);

  std::shared_ptr<ligature::Cache> cache_;
  content::Hash common_; // of what all keys have in common
  std::function<void(const std::string &)> warn_;
};

} // namespace jl
