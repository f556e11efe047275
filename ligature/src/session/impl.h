// SPDX-License-Identifier: MIT
//
// The session's state and the steps of materialising a unit. One lock (`mutex_`) covers which unit owns
// which entry, and publication together with the healing of stubs; it is never held while anything is
// compiled or linked, nor while the client is called.
#pragma once

#include "base/mutex.h"
#include "base/thread_pool.h"
#include "ligature/session.h"
#include "link/graph_edit.h"
#include "link/link_graph.h"
#include "link/names.h"
#include "link/rewrite.h"
#include "object/object_source.h"
#include "session/cells.h"
#include "session/linked_unit.h"
#include "session/stubs.h"

#include <array>
#include <unordered_map>
#include <unordered_set>

namespace ligature {

/// What a session knows of an entry; gone with it (`forget`), so a reused address finds nothing.
struct EntryRecord {
  UnitHandle owner; ///< the unit that defines it
  std::array<std::shared_ptr<LazyStub>, 2> stubs;
  std::array<UnitHandle, 2> adapters;
  /// Only Args and SpecSig can be called.
  static size_t index(Abi abi) { return abi == Abi::SpecSig; }
};

class Session::Impl : public LazyCallHandler {
public:
  Impl(SessionOptions options, Client &client);
  ~Impl() override;
  /// Reserves memory and makes what the rest works with. First of all, once.
  llvm::Error start();

  // session.h, one by one
  llvm::Expected<UnitHandle> add(Unit unit, std::optional<Object> object);
  llvm::Error materialize(const UnitHandle &handle);
  llvm::Expected<UnitHandle> link(Unit unit);
  void enqueue(UnitHandle unit, std::function<void(llvm::Error)> done);
  llvm::Expected<bool> require(Entry &entry);
  llvm::Expected<void *> callable(Entry &entry, Abi abi);
  bool publish(Entry &entry, const Publication &code);
  bool replace(Entry &entry, void *from, void *to);
  llvm::Expected<std::shared_ptr<LazyStub>> stub(Entry &entry, Abi abi);
  void unlink(UnitHandle unit);
  void unregister(const UnitHandle &unit);
  void forget(Entry &entry);

  /// A call arrived at a stub: asks the client for code and lets later calls go there directly.
  void *resolve(LazyStub &stub) override;
  /// Everything `unit` holds goes back. Without the lock.
  void give_back(LinkedUnit &unit);
  /// The last handle is gone.
  void drop(LinkedUnit &unit);
  /// Code that was linked together, ascending by address: into the code map, and told to all listeners.
  void note_code(std::vector<std::unique_ptr<CodeRange>> ranges);
  void forget_code(std::span<const uintptr_t> begins);

  SessionOptions options; // constant once started; then `debugger` is Always or Never
  Client &client;
  Stats stats;
  CodeMap code_map;
  std::unique_ptr<Slabs> slabs;
  std::unique_ptr<CellPool> cells;

private:
  friend class Binder;
  friend class Session;

  /// Waits until nobody links the unit; while `lock` is held nobody begins to. False, without waiting, if that would
  /// be for ever: this thread links it, or whoever does waits for this thread in the end.
  bool wait_for_worker(LinkedUnit &unit, Guard &lock) REQUIRES(unit.mutex);
  /// The same where waiting for ever would be the client's mistake: ends the process with a message.
  void settle(LinkedUnit &unit, Guard &lock) REQUIRES(unit.mutex);

  // materialize.cpp: by the unit's worker, without the lock.
  llvm::Error run(LinkedUnit &unit);
  llvm::Expected<Object> object_of(LinkedUnit &unit);
  /// What each name of the unit becomes; calls, slots and foreign functions are asked of `binder` one by one.
  RewritePlan plan_of(LinkedUnit &unit, class Binder &binder);
  llvm::Error note_addresses(LinkedUnit &unit, const LinkedCode &code);
  /// Linked code becomes the unit's: known by address, held, published.
  llvm::Error install(LinkedUnit &unit, LinkedCode code, const ObjectLines &lines);
  void map_code(LinkedUnit &unit, const LinkedCode &code, const ObjectLines &lines);
  /// A debugger, a profiler, the options' own: who is to be told of code.
  llvm::Error make_listeners();
  void publish_all(LinkedUnit &unit);
  /// Tells the options' hook, if there is one, of what began then and ends now.
  void tell(SessionEvent::Stage stage, const LinkedUnit &unit, std::chrono::steady_clock::time_point begin);
  void tell_compiled(const LinkedUnit &unit, const Object &object);
  void give_up(LinkedUnit &unit);
  /// Prints a stage if the session's options ask for it; `text` is made only then.
  void dump(DumpStage stage, const LinkedUnit &unit, llvm::function_ref<std::string()> text);

  // records.cpp
  EntryRecord &record_locked(Entry &entry) REQUIRES(mutex_);
  void claim_locked(const UnitHandle &unit) REQUIRES(mutex_);
  bool publish_locked(Entry &entry, const Publication &code) REQUIRES(mutex_);
  void heal_stubs_locked(Entry &entry) REQUIRES(mutex_);
  llvm::Expected<std::shared_ptr<LazyStub>> stub_locked(Entry &entry, Abi abi) REQUIRES(mutex_);
  llvm::Expected<UnitHandle> make_adapter(Entry &entry, Abi abi);
  UnitHandle owner_of(Entry &entry);
  /// The entry's record lets go of `unit` and of all adapters: moved to `dropped`, for after the lock.
  void disown_locked(const LinkedUnit &unit, Entry &entry, std::vector<UnitHandle> &dropped) REQUIRES(mutex_);
  EntryRecord forget_locked(Entry &entry) REQUIRES(mutex_);
  /// What to jump to for (entry, abi) if that is known now; null else. `holder` is the unit whose code it
  /// is, if it is a unit's; `name` is for people.
  void *target_locked(Entry &entry, Abi abi, UnitHandle &holder, std::string &name) REQUIRES(mutex_);
  ThreadPool &pool();

  Mutex mutex_;
  std::unordered_map<Entry *, EntryRecord>
      records_ GUARDED_BY(mutex_); // looked up, never iterated into anything visible
  SessionNames names_;
  std::unique_ptr<StubMaker> stub_maker_;
  std::unique_ptr<ObjectSource> objects_;
  Mutex units_mutex_;
  std::unordered_set<LinkedUnit *> units_ GUARDED_BY(units_mutex_);
  Mutex waits_mutex_; // the innermost
  /// Threads that wait for somebody else to link a unit.
  std::unordered_map<std::thread::id, const LinkedUnit *> waits_ GUARDED_BY(waits_mutex_);
  Mutex dump_mutex_; // one dump after the other
  std::vector<std::shared_ptr<CodeListener>> listeners_; // since start()
  std::once_flag pool_once_;
  std::unique_ptr<ThreadPool> pool_;
};

/// An error of ours, with `what` in front.
llvm::Error session_error(const llvm::Twine &text);

} // namespace ligature
