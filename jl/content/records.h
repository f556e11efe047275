// SPDX-License-Identifier: MIT
// What inference found, kept from session to session: for an instance its result, the key of its typed IR,
// and all that the finding rests on, by content. A record is believed only after everything in it was looked
// at again in the running program.
//
// What is found for an instance depends on the program: its entry holds several records, of which at most one
// holds at a time.
//
// A record rests on answers of method lookups, on bindings, and on what was found for the instances that it
// calls, each of which has a record of its own. load() checks them all, with those that they call, and
// installs what holds as code instances without typed IR (infer_body makes it when somebody needs more).
// Where a record is kept is the caller's business.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "jl/content/describe.h"

namespace jl::content {

// Entry: number of records | each behind its length, the newest first.
// Record: "LGI2" | result type | 0, or 1 and the constant | effects | 32 B typed key | 32 B finding | lookups
// | bindings | calls. Each of the three is a count and as many of: signature, 32 B answer, 32 B list of
// methods | module, name, 32 B state | instance, 32 B finding (zeros: none to be asked for). Types, modules,
// constants and instances are descriptions (describe.h) behind their length.

struct RecordStorage {
  enum class Kind : uint8_t { Record, Tree };
  using Use = std::function<void(std::span<const uint8_t>)>;
  virtual ~RecordStorage() = default;
  /// Hands the entry under `key` to `use` and returns true, or returns false. Any thread; must not throw.
  virtual bool get(Kind kind, const Hash &key, const Use &use) = 0;
  /// The same of a record where that takes no time: an entry that is to be added to.
  virtual bool get_local(const Hash &key, const Use &use) { return get(Kind::Record, key, use); }
  virtual void put(Kind kind, const Hash &key, std::span<const uint8_t> entry) = 0;
};

struct RecordCounters {
  std::atomic<uint64_t> saved{0};
  std::atomic<uint64_t> unsaved{0};      // no content, or callees that have none
  std::atomic<uint64_t> loaded{0};       // code instances installed
  std::atomic<uint64_t> missing{0};      // asked for, but nobody has kept them
  std::atomic<uint64_t> refused{0};      // something is not as it was
  std::atomic<uint64_t> trees{0};        // that were found
  std::atomic<uint64_t> contradicted{0}; // from the same facts, inference came to something else
};

class Records {
public:
  explicit Records(std::unique_ptr<RecordStorage> storage);
  ~Records();
  Records(const Records &) = delete;

  /// Keeps what inference has just found. Callees first. Neither infers nor runs program code.
  void save(Task *task, CodeInstance *code);
  /// Code for `instance` that is valid in `world`, installed now or before; null when nothing is known that
  /// still holds. Not under inference's lock: may lower methods and run generators. Throws nothing. `why_not`
  /// receives what was not as it had been, `is_missing` whether something was not there at all.
  CodeInstance *load(Task *task, MethodInstance *instance, uint64_t world, std::string *why_not = nullptr,
                     bool *is_missing = nullptr);
  /// The key of the code's typed IR: of loaded code, or made now.
  std::optional<Hash> key_of(CodeInstance *code);
  /// The code is not going to be used again: nothing here keeps it alive.
  void forget(CodeInstance *code);
  /// Keeps what was found, or loaded one by one, as trees (record_tree.h): one for each instance that was
  /// asked for, as far as `limit`, of the processor's time, lets it come: another process that has to load
  /// one by one saves what is left. Once, at the end.
  void save_trees(std::chrono::milliseconds limit);
  /// The key of the record for an instance; nothing when it has no content.
  static std::optional<Hash> record_key(MethodInstance *instance);

  RecordCounters counters;
  /// Are trees used, and are they going to be saved? Set before use. Where they are not used, kept ones are
  /// compared with what is saved.
  bool loads_trees = true, saves_trees = false;
  /// Told of what a kept record is of that was contradicted by what inference has found now, under
  /// inference's lock; and that a kept tree was, at the end. Set before use.
  void (*on_contradiction)(MethodInstance *instance) = nullptr;
  void (*on_wrong_tree)() = nullptr;

private:
  struct State;
  std::unique_ptr<State> state_;
  friend class Recording;
  friend class TreeFacts;
  friend class TreesInUse;
  friend class Validation;
};

} // namespace jl::content
