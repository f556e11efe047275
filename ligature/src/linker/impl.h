// SPDX-License-Identifier: MIT
//
// The linker's state and the steps of materialising a unit. One lock (`mutex_`) covers which unit owns
// which entry, and publication together with the healing of stubs; it is never held while anything is
// compiled or linked, nor while the client is called.
#pragma once

#include "base/mutex.h"
#include "base/thread_pool.h"
#include "flat/placement.h"
#include "ligature/linker.h"
#include "linker/cells.h"
#include "linker/flat_code.h"
#include "linker/linked_unit.h"
#include "linker/names.h"
#include "linker/stubs.h"

#include <array>
#include <functional>
#include <unordered_map>

namespace ligature {

/// What a linker knows of an entry; gone with it (`forget`), so a reused address finds nothing.
struct EntryRecord {
  UnitHandle owner; ///< the unit that defines it
  std::array<std::shared_ptr<LazyStub>, 2> stubs;
  std::array<UnitHandle, 2> adapters;
  /// Only Args and SpecSig can be called.
  static size_t index(Abi abi) { return abi == Abi::SpecSig; }
};

template <class T> using Result = std::expected<T, std::string>;

class Linker::Impl : public LazyCallHandler {
public:
  Impl(LinkerOptions options, LinkClient &client);
  ~Impl() override;
  /// Reserves memory and makes what the rest works with. First of all, once.
  Result<void> start();

  /// A unit that is not known to anybody yet; for `add`, once it has all it needs.
  UnitHandle new_unit(LinkInfo info, std::unique_ptr<UnitCode> code);
  UnitHandle new_unit(std::vector<LinkedUnit::Defined> definitions, std::string_view title,
                      std::unique_ptr<UnitCode> code);
  /// Claims what it defines: from here on it will be linked, or given up.
  void add(const UnitHandle &unit);
  /// Materializes, then waits for units that own a definition of this one.
  Result<void> link(const UnitHandle &unit);

  // linker.h, one by one
  Result<void> materialize(const UnitHandle &handle);
  void enqueue(UnitHandle unit, std::function<void(Result<void>)> done);
  Result<bool> require(Entry &entry);
  Result<void *> callable(Entry &entry, Abi abi);
  bool publish(Entry &entry, const Publication &code);
  bool replace(Entry &entry, void *from, void *to);
  Result<std::shared_ptr<LazyStub>> stub(Entry &entry, Abi abi);
  void unlink(UnitHandle unit);
  void unregister(const UnitHandle &unit);
  void forget(Entry &entry);

  /// A call arrived at a stub: asks the client for code and lets later calls go there directly.
  void *resolve(LazyStub &stub) override;
  /// Everything `unit` holds goes back. Without the lock.
  void give_back(LinkedUnit &unit);
  /// The last handle is gone.
  void drop(LinkedUnit &unit);
  void leave_list_locked(LinkedUnit &unit) REQUIRES(units_mutex_);
  /// Code that was linked together, ascending by address: into the code map, and told to all listeners.
  void note_code(std::vector<std::unique_ptr<CodeRange>> ranges);
  void forget_code(std::span<const uintptr_t> begins);

  enum class Position : uint8_t { First, Last };
  void add_listener(std::shared_ptr<CodeListener> listener, Position position);

  /// Adds a unit that is an adapter of (entry, abi) and nothing else.
  using AdapterMaker = std::function<Result<UnitHandle>(Entry &entry, Abi abi)>;
  /// Whom to ask for adapters from now on; null: nobody.
  void set_adapter_maker(std::shared_ptr<AdapterMaker> maker);

  // For UnitCode.
  /// What each name of the unit becomes.
  std::vector<DefinedName> name_definitions(LinkedUnit &unit);
  /// Linked code becomes the unit's. `lines_of(symbol)` gives a function's lines.
  Result<CodeRanges> install(LinkedUnit &unit, LinkedCode code,
                             const std::function<PackedLines(std::string_view symbol)> &lines_of);
  void note_addresses(LinkedUnit &unit, std::span<void *const> addresses);
  /// "foo" -> "foo#1", and so on.
  std::string unique_name(std::string_view base) { return names_.unique(base); }
  FlatBufferPool flat_buffers;

  /// Prints a stage if the options ask for it; `text` is made only then.
  template <class Text> void dump(DumpStage stage, const LinkedUnit &unit, Text &&text) {
    if (options.dump && (options.dump_stages & (1u << static_cast<unsigned>(stage))))
      show(stage, unit, text());
  }

  LinkerOptions options; // constant once started; then `debugger` is Always or Never
  LinkClient &client;
  Stats stats;
  CodeMap code_map;
  std::unique_ptr<Slabs> slabs;
  std::unique_ptr<CellPool> cells;

private:
  friend class Binder;
  friend class Linker;
  using Listeners = std::vector<std::shared_ptr<CodeListener>>;

  /// Waits until nobody links the unit; while `lock` is held nobody begins to. False, without waiting, if
  /// that would be for ever: this thread links it, or whoever does waits for this thread in the end.
  bool wait_for_worker(LinkedUnit &unit, Guard &lock) REQUIRES(unit.mutex);
  /// The same where waiting for ever would be the client's mistake: ends the process with a message.
  void settle(LinkedUnit &unit, Guard &lock) REQUIRES(unit.mutex);

  // materialize.cpp: by the unit's worker, without the lock.
  Result<void> run(LinkedUnit &unit);
  CodeRanges ranges_of(LinkedUnit &unit, std::vector<PlacedFunction> functions,
                       const std::function<PackedLines(std::string_view symbol)> &lines_of);
  /// A profiler, the options' own: who is to be told of code.
  Result<void> make_listeners();
  std::shared_ptr<const Listeners> listeners();
  void publish_all(LinkedUnit &unit);
  /// Tells the options' hook, if there is one, of what began then and ends now.
  void tell(SessionEvent::Stage stage, const LinkedUnit &unit, std::chrono::steady_clock::time_point begin);
  void give_up(LinkedUnit &unit);
  void show(DumpStage stage, const LinkedUnit &unit, const std::string &text);

  // records.cpp
  EntryRecord &record_locked(Entry &entry) REQUIRES(mutex_);
  void claim_locked(const UnitHandle &unit) REQUIRES(mutex_);
  bool publish_locked(Entry &entry, const Publication &code) REQUIRES(mutex_);
  void heal_stubs_locked(Entry &entry) REQUIRES(mutex_);
  Result<std::shared_ptr<LazyStub>> stub_locked(Entry &entry, Abi abi) REQUIRES(mutex_);
  Result<UnitHandle> make_adapter(Entry &entry, Abi abi);
  /// The client's, linked; null if it has none that is right.
  UnitHandle kept_adapter(Entry &entry, Abi abi);
  /// Null if there is no session even after the client had its chance to make one.
  std::shared_ptr<AdapterMaker> adapter_maker();
  UnitHandle owner_of(Entry &entry);
  /// The entry's record lets go of `unit` and of all adapters: moved to `dropped`, for after the lock.
  void disown_locked(const LinkedUnit &unit, Entry &entry, std::vector<UnitHandle> &dropped) REQUIRES(mutex_);
  EntryRecord forget_locked(Entry &entry) REQUIRES(mutex_);
  /// What to jump to for (entry, abi) if that is known now; null else. `holder` is the unit whose code it
  /// is, if it is a unit's; `name`, if not null, is for people.
  void *target_locked(Entry &entry, Abi abi, UnitHandle &holder, std::string *name) REQUIRES(mutex_);
  ThreadPool &pool();

  Mutex mutex_;
  std::unordered_map<Entry *, EntryRecord>
      records_ GUARDED_BY(mutex_); // looked up, never iterated into anything visible
  SessionNames names_;
  std::unique_ptr<StubMaker> stub_maker_;
  Mutex adapter_mutex_;
  std::shared_ptr<AdapterMaker> adapter_maker_ GUARDED_BY(adapter_mutex_);
  Mutex units_mutex_;
  LinkedUnit *units_ GUARDED_BY(units_mutex_) = nullptr; // the newest; its `next` is the one before
  Mutex waits_mutex_;                                    // the innermost
  /// Threads that wait for somebody else to link a unit.
  std::unordered_map<std::thread::id, const LinkedUnit *> waits_ GUARDED_BY(waits_mutex_);
  Mutex dump_mutex_; // one dump after the other
  Mutex listeners_mutex_;
  std::shared_ptr<const Listeners> listeners_ GUARDED_BY(listeners_mutex_); // null while there is none
  std::once_flag pool_once_;
  std::unique_ptr<ThreadPool> pool_;
};

} // namespace ligature
