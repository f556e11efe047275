// SPDX-License-Identifier: MIT
//
// A session turns units into callable code in this process: materialize = object -> link graph -> rewrite
// -> link -> publish. It compiles and reads objects; the code, the names and the stubs are its linker's
// (linker.h), its own or one that was there before it; the client owns its entries.
//
// Linking a unit never waits for another: a call target is bound, when its caller is linked, to published
// code of the same ABI, or else to a stub that has the callee compiled when the call is first made and
// jumps straight to it from then on.
#pragma once

#include "ligature/cache.h"
#include "ligature/client.h"
#include "ligature/compile.h"
#include "ligature/explain.h"
#include "ligature/linker.h"
#include "ligature/unit.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

/// What was made of a unit, for a cache of its owner's (SessionOptions::keep). All of it is valid during the
/// call.
struct KeptUnit {
  /// Of what was compiled; empty if the unit came as an object.
  std::optional<UnitKey> key;
  llvm::MemoryBufferRef object; ///< what add(LinkInfo, Object) takes, with `lines`
  const ObjectLines &lines;
  /// What Linker::add_flat takes, with the pointers that write_link_info gives of `link_info`; empty if the
  /// unit cannot be flat.
  std::span<const std::byte> flat;
  std::string_view why_not_flat;
  /// For write_link_info; its definitions name the entries that this is the code of.
  const LinkInfo &link_info;
  /// Optimising and generating code; 0 if the unit came as an object, or its object was found in the cache.
  std::chrono::microseconds compile_time{0};
  /// What `key` is made of, to explain a miss with (explain.h); empty if the unit came as an object.
  std::span<const KeyIngredient> ingredients;
  /// The cache had another object under `key` (CacheMode::Verify); this one takes its place.
  bool object_was_wrong = false;
};

struct SessionOptions : LinkerOptions {
  CompileOptions compile;
  /// Where objects are looked for before they are compiled, and put afterwards; null: nowhere. Symbol spaces
  /// of the session use it as well.
  std::shared_ptr<Cache> cache;
  /// Check each unit with verify_unit before anything else.
  bool verify = false;
  /// Called after each unit that was linked and published, adapters included, on the thread that links it,
  /// several at once. Must not ask for that very unit (materialize, unlink). Nobody waits longer for the
  /// unit's entries than this takes.
  std::function<void(const KeptUnit &unit)> keep;
};

class LIGATURE_API Session {
public:
  /// With a linker of its own. `client` must outlive it. Fails if executable memory cannot be had.
  static llvm::Expected<std::unique_ptr<Session>> create(SessionOptions options, Client &client);
  /// Over a linker that is there already, which has its own client and options: of `options` only what
  /// SessionOptions itself names counts. `client` must outlive the session. One session for a linker at a
  /// time.
  static llvm::Expected<std::unique_ptr<Session>>
  create(SessionOptions options, std::shared_ptr<Linker> linker, AdapterEmitter &client);
  /// No call to the session may be going on. The linker, with the code, ends with the last who holds it: then
  /// none of its code may be running or be called afterwards. Units that were added can still be linked
  /// there.
  ~Session();

  Linker &linker();

  /// Claims and registers the unit's definitions, in one step; their entries are Waiting from here on.
  /// Definitions another unit owns stay local to this one; that is not an error. Any thread.
  llvm::Expected<UnitHandle> add(Unit unit);

  /// The same for a unit that was compiled already (by `compile`, here or in another process): `info` is
  /// its link info with this session's pointers.
  llvm::Expected<UnitHandle> add(LinkInfo info, Object object);

  /// Compiles, links and publishes on this thread, or waits for the thread that is at it already. The
  /// reason if it fails, the same for every waiter; its entries are then NotCompiled again. Any thread.
  llvm::Error materialize(const UnitHandle &unit);

  /// add and materialize; then waits for other units that own a definition of this one. When this returns
  /// success every entry that the unit defines is published.
  llvm::Expected<UnitHandle> link(Unit unit);

  /// The same with the object that SessionOptions::cache has under `key` (KeptUnit::key): nothing is emitted,
  /// and `keep` is not called. Null if it is not there; any thread.
  llvm::Expected<UnitHandle> link(LinkInfo info, const UnitKey &key);

  /// Materializes on a pool thread; `done` gets the outcome there (may be null).
  void enqueue(UnitHandle unit, std::function<void(llvm::Error)> done = nullptr);

  /// Makes `entry` published if a unit in this session defines it: materializes that unit, or waits for who
  /// is at it. False if no unit does and it is not published either: then the caller emits one. Any thread.
  llvm::Expected<bool> require(Entry &entry);

  /// Address that runs exactly `entry` when called with `abi`: its code, or an adapter (made now, once)
  /// if it is published with another ABI. Null if it is not published.
  llvm::Expected<void *> callable(Entry &entry, Abi abi);

  /// Publishes an entry that needs no code of ours (Const, Interpreted, or code from elsewhere) and
  /// points its stubs there. False if it was published already.
  bool publish(Entry &entry, const Publication &code);

  /// Swaps the published code of `entry` for an equivalent function of the same ABI, a better compiled one
  /// say, and points its stubs there. False if `from` is not what is published. Code that was bound to `from`
  /// stays there.
  bool replace(Entry &entry, void *from, void *to);

  /// Address to call now and for ever: that of the lazy stub of (entry, abi).
  llvm::Expected<void *> stub(Entry &entry, Abi abi);

  /// Unpublishes what `unit` defines, drops its names, and gives memory, slots and stubs back as soon as
  /// no other unit is bound to it and the last handle is gone. None of its code may be running or be
  /// entered later. One-shot code: `unregister` before the call, `unlink` after it. Waits for the thread that
  /// links it, if one does; a unit that was not linked yet never will be.
  void unlink(UnitHandle unit);

  /// Takes the unit's entries out of all tables, so that nothing will be bound to them; code stays, and the
  /// code map goes on naming the entry. They need not be forgotten then. A call of an entry through a stub
  /// from before ends the process.
  void unregister(const UnitHandle &unit);

  /// Leaves no trace of `entry`: call before its memory is reused. No linked unit may still call it. Waits
  /// for the unit that defines it if that is being linked; so not on the thread that links it (keep_alive
  /// is what keeps an entry for that long).
  void forget(Entry &entry);

  /// Address of the code that `unit` has for its definition `index`; null before it is linked.
  void *address(const UnitHandle &unit, size_t index = 0) const;

  /// A cell within reach of the code, holding `value`; and back.
  void *allocate_cell(const void *value);
  void release_cell(void *cell);

  /// Around a fork() whose child goes on linking. No thread may be in the session in between, and `enqueue`
  /// may not have been used: its threads are the parent's alone. What the child links is its own. If memory
  /// for that is missing, linking fails in the child and says so.
  void before_fork();
  void after_fork(ForkSide side);

  CodeMap &code_map();
  const Stats &stats() const;
  const SessionOptions &options() const;
  /// All code of the session lies in [first, second).
  std::pair<uintptr_t, uintptr_t> code_range() const;
  using MemoryUse = Linker::MemoryUse;
  MemoryUse memory_use() const;

  class [[gnu::visibility("hidden")]] Impl;

private:
  friend class SymbolSpace;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace ligature
