// SPDX-License-Identifier: MIT
//
// A session turns units into callable code in this process: materialize = object -> link graph -> rewrite
// -> link -> publish. It owns the code, the names and the stubs; the client owns its entries.
//
// Linking a unit never waits for another: a call target is bound, when its caller is linked, to published
// code of the same ABI, or else to a stub that has the callee compiled when the call is first made and
// jumps straight to it from then on.
#pragma once

#include "ligature/cache.h"
#include "ligature/client.h"
#include "ligature/code_listener.h"
#include "ligature/compile.h"
#include "ligature/entries.h"
#include "ligature/stats.h"
#include "ligature/unit.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

/// What the dump hook is shown.
enum class DumpStage : uint8_t { Unit, Object, Graph, Entries };

/// Whether gdb (and lldb) are told of code: functions, files, lines, inlined calls, how to unwind.
enum class DebuggerSupport : uint8_t {
  WhenTraced, ///< if a debugger runs the process when the session begins
  Always,     ///< for a debugger that is attached later; half a millisecond or so a unit
  Never,
};

/// Whether Linux's perf is told of code, and how.
enum class PerfSupport : uint8_t {
  None,
  Map,     ///< /tmp/perf-PID.map: names
  JitDump, ///< jit-PID.dump in `perf_folder`, for `perf inject --jit`: names, lines, instructions
};

/// Something that took a session time, when it is over.
struct SessionEvent {
  enum class Stage : uint8_t { Optimise, Codegen, Link, Publish }; ///< Publish is part of Link
  Stage stage;
  std::string_view name; ///< of the unit: the display name of its first definition
  std::chrono::steady_clock::time_point begin, end;
};

struct SessionOptions {
  CompileOptions compile;
  /// Where objects are looked for before they are compiled, and put afterwards; null: nowhere. Symbol spaces of the
  /// session use it as well.
  std::shared_ptr<Cache> cache;
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
  /// Check each unit with verify_unit before anything else.
  bool verify = false;
  /// Called with each stage's text for stages in `dump_stages` (bit 1 << stage). `name` is the display
  /// name of the unit's first definition. May be called on any linking thread, one call at a time.
  unsigned dump_stages = 0;
  std::function<void(DumpStage stage, std::string_view name, const std::string &text)> dump;
  /// With a debugger or perf's map code is kept in memory of another kind: it is copied once when it is linked.
  DebuggerSupport debugger = DebuggerSupport::WhenTraced;
  PerfSupport perf = PerfSupport::None;
  std::string perf_folder = ".";
  /// Called with each event, on the thread that did the work, several at once; must not call the session.
  std::function<void(const SessionEvent &event)> event;
  /// Told of all code, after debugger and perf.
  std::vector<std::shared_ptr<CodeListener>> listeners;
};

class LinkedUnit; // session/
/// A unit in a session. Code that others were bound to stays until the last of them is gone.
using UnitHandle = std::shared_ptr<LinkedUnit>;

class LIGATURE_API Session {
public:
  /// `client` must outlive the session. Fails if executable memory cannot be had.
  static llvm::Expected<std::unique_ptr<Session>> create(SessionOptions options, Client &client);
  /// No code of the session may be running or be called afterwards.
  ~Session();

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

  /// Swaps the published code of `entry` for an equivalent function of the same ABI, a better compiled one say, and
  /// points its stubs there. False if `from` is not what is published. Code that was bound to `from` stays there.
  bool replace(Entry &entry, void *from, void *to);

  /// Address to call now and for ever: that of the lazy stub of (entry, abi).
  llvm::Expected<void *> stub(Entry &entry, Abi abi);

  /// Unpublishes what `unit` defines, drops its names, and gives memory, slots and stubs back as soon as
  /// no other unit is bound to it and the last handle is gone. None of its code may be running or be
  /// entered later. One-shot code: `unregister` before the call, `unlink` after it. Waits for the thread that
  /// links it, if one does; a unit that was not linked yet never will be.
  void unlink(UnitHandle unit);

  /// Takes the unit's entries out of all tables, so that nothing will be bound to them; code stays.
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

  CodeMap &code_map();
  const Stats &stats() const;
  const SessionOptions &options() const;
  /// All code of the session lies in [first, second).
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
  friend class SymbolSpace;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace ligature
