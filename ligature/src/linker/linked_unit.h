// SPDX-License-Identifier: MIT
//
// A unit in a linker, from the moment it is added: what it defines and owns, how far it is, and, once it
// is linked, everything that has to be given back when it goes.
#pragma once

#include "base/mutex.h"
#include "linker/stubs.h"
#include "linker/unit_code.h"

#include <atomic>
#include <thread>
#include <vector>

namespace ligature {

class LinkedUnit {
public:
  explicit LinkedUnit(Linker::Impl &linker) : linker(&linker) {}
  ~LinkedUnit();

  enum class State : uint8_t {
    Added,
    Working, ///< `worker` links it; nobody else touches the definitions
    Done,
    Failed,
    Gone, ///< unlinked: it is never linked (again)
  };

  struct Defined {
    // Changed only while the unit is settled, or by its worker; `spec` and `name` are written before the
    // linker's lock is let go and may be read under it.
    Entry *entry = nullptr; ///< null once unregistered or forgotten
    Abi abi = Abi::Args;
    DefinitionKind kind = DefinitionKind::Function;
    bool has_wrapper = false;
    bool owned = false;
    std::string name; ///< here: "foo#1"
    void *spec = nullptr;
    void *invoke = nullptr;

    bool owns_function() const { return owned && entry && kind == DefinitionKind::Function; }
    CodeRole role() const { return kind == DefinitionKind::Adapter ? CodeRole::Adapter : CodeRole::Function; }
  };

  bool owns_something() const;
  /// Definitions that the unit owns for entries that still exist, adapters left out.
  std::vector<Defined *> owned_functions();
  /// Whether it was unlinked; once that is so nothing names it as owner.
  bool gone();
  /// The definition that an address is the code of; null if it is none of ours.
  const Defined *defined_at(const void *spec) const;

  Linker::Impl *linker;           ///< null when the linker is gone
  LinkInfo info;                  ///< until it is linked; not of a flat unit
  std::unique_ptr<UnitCode> code; ///< until it is linked
  std::vector<Defined> definitions;
  std::string title; ///< for dumps and errors: "foo(Int64)"

  Mutex mutex; // taken before the linker's, never after it
  Condition changed;
  State state GUARDED_BY(mutex) = State::Added;
  std::string error GUARDED_BY(mutex);
  /// Who links it; none otherwise. Changed under `mutex`.
  std::atomic<std::thread::id> worker;

  /// Neighbours in the linker's list of all units; its lock is for them.
  LinkedUnit *previous = nullptr, *next = nullptr;

  // What a linked unit holds.
  Allocation memory;
  std::vector<StubMaker::ErrorStub> error_stubs;
  std::vector<uintptr_t> code_ranges;
  std::vector<std::pair<const void *, void *>> slots; // value, cell
  std::vector<std::shared_ptr<LazyStub>> stubs;
  std::vector<UnitHandle> dependencies; // whose code this unit calls directly
  std::vector<std::shared_ptr<void>> keep_alive;
};

} // namespace ligature
