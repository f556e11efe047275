// SPDX-License-Identifier: MIT
//
// What binding code asks of the client, whichever way the code came (flat units, objects through LLVM): where
// the client's values and functions are. Any of these may be called on any thread, and several at once. What
// is asked while a unit is being linked (cells, addresses, equal entries) should not wait for another unit;
// if two threads would wait for each other in this way, one of them is told so by an error. No LLVM; client.h
// adds what needs it.
#pragma once

#include "ligature/code_listener.h"
#include "ligature/entries.h"
#include "ligature/version.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace ligature {

class LinkedUnit; // linker/
/// A unit in a linker. Code that others were bound to stays until the last of them is gone.
using UnitHandle = std::shared_ptr<LinkedUnit>;

class LIGATURE_API LinkClient {
public:
  virtual ~LinkClient() = default;

  /// Address of a pointer-sized cell that holds `value`, valid until `release_slot` was called as often
  /// as this. Cells within reach of the code (Linker::allocate_cell) save a load at each use.
  virtual void *slot_cell(const void *value) = 0;
  virtual void release_slot(const void *value, void *cell) = 0;

  /// Address of a runtime function; null if there is none of that name, which fails the unit.
  virtual void *find_runtime(std::string_view name) = 0;

  /// Address of a foreign function, or why there is none. The reason reaches `foreign_error` if the call
  /// is ever made; linking goes on.
  virtual std::expected<void *, std::string> find_foreign(std::string_view library,
                                                          std::string_view name) = 0;

  /// Called, with the reason from `find_foreign`, in place of a function that could not be found. Must
  /// not return. The text lives as long as the unit.
  using RaiseFunction = void (*)(const char *reason);
  virtual RaiseFunction foreign_error() = 0;

  /// A call has reached `entry`, which had no code of `abi` when its caller was linked. Compiles it if
  /// need be (`require`, then link) and returns what Linker::callable (or Session's) answers. Runs on the
  /// calling thread, with the library holding no lock and nothing to unwind: it may leave by longjmp.
  /// But not from within a call to the library, nor from any other function here.
  /// The entry must then be called, that one and no other; returning null ends the process.
  virtual void *compile_for_call(Entry &entry, Abi abi) = 0;

  /// Another entry that is the same function as `entry`, which has no code yet: same definition, same types,
  /// valid wherever `entry` is called. If it is published with the ABI that a call wants, the call is bound
  /// to its code, and nothing is compiled. Null: there is none. Asked when a unit that calls `entry` is
  /// linked.
  virtual Entry *equal_entry(Entry &entry) { return nullptr; }

  /// A call needs an adapter to `entry`. The one that the client has in a cache, added to the linker
  /// (add_flat); null: there is none, and a session emits it. One that is no such adapter, or cannot be
  /// linked, counts as none.
  virtual UnitHandle find_adapter(Entry &entry, Abi abi) { return nullptr; }

  /// Where the method of a position (LinkInfo::positions) stands in the source. Asked when a unit is
  /// linked and somebody listens: a debugger, a profiler. Must not call the library.
  virtual SourcePlace source_place(const void *method) { return {}; }

  /// Cells for slot_cell live in [begin, end) from now on: for clients whose collector must scan them.
  virtual void cells_mapped(void *begin, void *end) {}

  /// Around everything a pool thread does.
  virtual void thread_started() {}
  virtual void thread_stopped() {}
};

/// For LinkerOptions::invokes of a client without a generic convention, whose functions are entered through
/// `specptr` alone: entering one through `invoke` ends the process with a message.
LIGATURE_API InvokeAddresses no_invokes();

} // namespace ligature
