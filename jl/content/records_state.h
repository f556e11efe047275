// SPDX-License-Identifier: MIT
// What Records keeps in memory. For this folder's files that are about records.
#pragma once

#include <mutex>

#include "jl/content/facts.h"
#include "jl/content/record_tree.h"
#include "jl/content/records.h"

namespace jl::content {

/// What is known of a code instance, as callers see it.
struct Finding {
  std::optional<Hash> hash, typed_key;
  const char *why_not = nullptr;
};

/// None of an instance's records holds that comes to `finding`; none at all if that is kNoFinding.
struct Refusal {
  Hash finding;
  const char *why_not;
};

/// A record that is to be part of a tree. Holds no instance: what nobody else uses may be collected.
struct Noted {
  const Record *record;
  GcVector<Hash> calls; // the keys of their records, parallel to the record's
};

/// An instance that was asked for.
struct Root {
  Hash key; // of its record
  Bytes description;
};

/// In collected memory; looked up only.
struct Tables {
  template <class K, class V, class H = std::hash<K>>
  using Map = std::unordered_map<K, V, H, std::equal_to<>, GcAllocator<std::pair<const K, V>>>;
  struct HashOfPair {
    template <class A, class B> size_t operator()(const std::pair<A *, B *> &key) const {
      return reinterpret_cast<uintptr_t>(key.first) * 31 + reinterpret_cast<uintptr_t>(key.second) / 16;
    }
  };
  Map<CodeInstance *, Finding> findings;
  Map<Hash, uint32_t, HashOfHash> additions; // to entries, by this process
  Map<Hash, Bytes *, HashOfHash> entries;    // that were put by this process, or of which nothing held: the
                                             // storage may not have them at hand
  // As of `world`, forgotten when that passes.
  uint64_t world = 0;
  Map<Value *, Answer> answers;
  Map<std::pair<const TypeName *, const TypeName *>, Answer, HashOfPair> lists;
  Map<std::pair<Module *, const SymbolRecord *>, BindingState, HashOfPair> states;
  Map<MethodInstance *, GcVector<Refusal>> refused;

  // For trees: records that were made or loaded one by one, and what was asked for, in this order.
  Map<Hash, Noted *, HashOfHash> noted;
  GcVector<Root *> roots;

  uint64_t modules = 0; // module_replacements() when the findings were made

  void forget_world(uint64_t now);
  /// What was found of code that mentions a module by name may be about another module since.
  void forget_if_older(uint64_t modules_now);
};

struct Records::State {
  std::unique_ptr<RecordStorage> storage;
  std::recursive_mutex mutex; // of the tables
  Tables *tables;

  Finding finding(CodeInstance *code);
  bool is_noted(const Hash &key);
  /// A program that changes what a function rests on again and again would push out what others keep of it.
  bool takes_more(const Hash &key);
  /// An entry that is going to be added to.
  void note_entry(const Hash &key, const Bytes &entry);
  /// Adds a record to those under `key`. False when it contradicts one of them: it is the only one then.
  bool add(const Hash &key, const Record &record);
  Answer answer(Value *signature, uint64_t world);
  Answer list(Value *signature, uint64_t world);
  BindingState binding(Module *module, Symbol name, uint64_t world);

  bool get(RecordStorage::Kind kind, const Hash &key, Bytes &entry);
  /// That of the instance whose record is under `key`; null when there is none.
  RecordTree *tree(const Hash &key);
  /// A record that was made, or loaded by itself.
  void note_for_trees(const Hash &key, const Record *record, std::span<MethodInstance *const> calls);
  void note_root(MethodInstance *instance);
};

} // namespace jl::content
