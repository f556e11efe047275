// SPDX-License-Identifier: MIT
//
// The half of the library that needs no LLVM: the world that bound code lives in. It knows which unit defines
// which entry, binds calls to code or to stubs that heal, places code in memory, publishes it and gives it
// back. It has one source of code of its own, flat units; a Session (session.h) over the same linker adds
// units that are compiled. Both share entries, stubs and names, so calls go from one kind to the other as
// within one.
//
//   auto linker = Linker::create(options, client);
//   auto unit = (*linker)->link_flat(pointers, bytes); // kept by an earlier process: SessionOptions::keep
//
// A program may hold the linker and load LLVM, with a session, only once something has to be compiled; the
// two may be in different shared objects of one build, each with its own copy of this library's code: nothing
// here is static state.
#pragma once

#include "ligature/code_listener.h"
#include "ligature/code_map.h"
#include "ligature/entries.h"
#include "ligature/link_client.h"
#include "ligature/link_info.h"
#include "ligature/stats.h"

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

/// What the dump hook is shown.
enum class DumpStage : uint8_t { Unit, Object, Graph, Entries };

/// Whether gdb (and lldb) are told of code: functions, files, lines, inlined calls, how to unwind. It is the
/// session that tells them: they do not see what was bound before there was one.
enum class DebuggerSupport : uint8_t {
  WhenTraced, ///< if a debugger runs the process when the linker begins
  Always,     ///< for a debugger that is attached later; half a millisecond or so a unit
  Never,
};

/// Whether Linux's perf is told of code, and how.
enum class PerfSupport : uint8_t {
  None,
  Map,     ///< /tmp/perf-PID.map: names
  JitDump, ///< jit-PID.dump in `perf_folder`, for `perf inject --jit`: names, lines, instructions
};

/// Something that took time, when it is over.
struct SessionEvent {
  enum class Stage : uint8_t { Optimise, Codegen, Link, Publish }; ///< Publish is part of Link
  Stage stage;
  std::string_view name; ///< of the unit: the display name of its first definition
  std::chrono::steady_clock::time_point begin, end;
};

struct LinkerOptions {
  /// The client's invoke shims.
  InvokeAddresses invokes;
  /// Pool threads for `enqueue`; none is started before the first use.
  unsigned threads = 1;
  /// Code is placed within reach of this address (a runtime function that code calls often).
  const void *anchor = nullptr;
  /// Address space for code and data together.
  size_t reserve_bytes = size_t{1} << 30;
  /// The wrapper of a SpecSig function may be called as Args: then no adapter is needed for that.
  bool wrappers_are_args = false;
  /// Called with each stage's text for stages in `dump_stages` (bit 1 << stage). `name` is the display
  /// name of the unit's first definition. May be called on any linking thread, one call at a time. A flat
  /// unit has only the last stage.
  unsigned dump_stages = 0;
  std::function<void(DumpStage stage, std::string_view name, const std::string &text)> dump;
  /// With a debugger or perf's map code is kept in memory of another kind: it is copied once when it is
  /// linked.
  DebuggerSupport debugger = DebuggerSupport::WhenTraced;
  PerfSupport perf = PerfSupport::None;
  std::string perf_folder = ".";
  /// Called with each event, on the thread that did the work, several at once; must not call the library.
  std::function<void(const SessionEvent &event)> event;
  /// Told of all code, after debugger and perf.
  std::vector<std::shared_ptr<CodeListener>> listeners;
  /// Called when an adapter is needed and there is no session to emit it: may make one over this linker (load
  /// the library that LLVM is in, say). If there is none afterwards, `callable` fails. On the thread that
  /// needs the adapter, with nothing of the library's held; on several threads at once if several need one.
  std::function<void()> need_session;
};

/// For programs that are in a hurry: tells the system that this process will write code. The first linker
/// does that anyway, but where there are several threads by then the system takes milliseconds for it. Call
/// it before the first thread is made.
LIGATURE_API void prepare_process();

/// Who comes out of fork().
enum class ForkSide : uint8_t { Parent, Child };

class LIGATURE_API Linker {
public:
  /// `client` must outlive the linker. Fails if executable memory cannot be had.
  static std::expected<std::shared_ptr<Linker>, std::string> create(LinkerOptions options,
                                                                    LinkClient &client);
  /// No code of the linker may be running or be called afterwards.
  ~Linker();
  Linker(const Linker &) = delete;
  Linker &operator=(const Linker &) = delete;

  /// Claims and registers the definitions of a flat unit (KeptUnit::flat), in one step; their entries are
  /// Waiting from here on. `pointers` are what those of the unit's link info (SerialisedLinkInfo::pointers)
  /// are here: entries, values, methods. Definitions another unit owns stay local to this one; that is not an
  /// error. `flat` is read until the unit is linked or gone; `holder`, if any, is kept until then. Bytes that
  /// are damaged, of another format, or refer to more pointers, are an error here, and nothing was claimed;
  /// damage that leaves the form intact is for the owner's checksums to find. Any thread.
  std::expected<UnitHandle, std::string> add_flat(std::span<const void *const> pointers,
                                                  std::span<const std::byte> flat,
                                                  std::shared_ptr<const void> holder = nullptr);

  /// add_flat and materialize; then waits for other units that own a definition of this one. When this
  /// returns success every entry that the unit defines is published.
  std::expected<UnitHandle, std::string> link_flat(std::span<const void *const> pointers,
                                                   std::span<const std::byte> flat,
                                                   std::shared_ptr<const void> holder = nullptr);

  // What follows is for units of both kinds.

  /// Links and publishes on this thread (what is to be compiled is compiled before), or waits for the thread
  /// that is at it already. The reason if it fails, the same for every waiter; its entries are then
  /// NotCompiled again. Any thread.
  std::expected<void, std::string> materialize(const UnitHandle &unit);

  /// Materializes on a pool thread; `done` gets the outcome there (may be null).
  void enqueue(UnitHandle unit, std::function<void(std::expected<void, std::string>)> done = nullptr);

  /// Makes `entry` published if a unit here defines it: materializes that unit, or waits for who
  /// is at it. False if no unit does and it is not published either: then the caller finds or emits one. Any
  /// thread.
  std::expected<bool, std::string> require(Entry &entry);

  /// Address that runs exactly `entry` when called with `abi`: its code, or an adapter (once: the client's
  /// from a cache, else one that a session emits) if it is published with another ABI. Null if it is not
  /// published.
  std::expected<void *, std::string> callable(Entry &entry, Abi abi);

  /// Publishes an entry that needs no code of ours (Const, Interpreted, or code from elsewhere) and
  /// points its stubs there. False if it was published already.
  bool publish(Entry &entry, const Publication &code);

  /// Swaps the published code of `entry` for an equivalent function of the same ABI, a better compiled one
  /// say, and points its stubs there. False if `from` is not what is published. Code that was bound to `from`
  /// stays there.
  bool replace(Entry &entry, void *from, void *to);

  /// Address to call now and for ever: that of the lazy stub of (entry, abi).
  std::expected<void *, std::string> stub(Entry &entry, Abi abi);

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

  /// Around a fork() whose child goes on linking. No thread may be in the library in between, and `enqueue`
  /// may not have been used: its threads are the parent's alone. What the child links is its own. If memory
  /// for that is missing, linking fails in the child and says so.
  void before_fork();
  void after_fork(ForkSide side);

  /// Told of all code from now on; of what is there already it hears nothing. Any thread.
  void add_listener(std::shared_ptr<CodeListener> listener);

  CodeMap &code_map();
  const Stats &stats() const;
  const LinkerOptions &options() const;
  /// All code lies in [first, second).
  std::pair<uintptr_t, uintptr_t> code_range() const;
  struct MemoryUse {
    size_t mapped = 0;      ///< bytes of blocks
    size_t used = 0;        ///< of them in use
    size_t allocations = 0; ///< pieces in use
    size_t mappings = 0;    ///< entries in the process's map
  };
  MemoryUse memory_use() const;

  class [[gnu::visibility("hidden")]] Impl;

private:
  friend class Session;
  explicit Linker(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace ligature
