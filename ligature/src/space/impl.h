// SPDX-License-Identifier: MIT
//
// A symbol space's state. `link_mutex_` is held by the one thread that links and is what makes link all or
// nothing; `mutex_` covers what was linked and is held for moments only, never while anything is compiled,
// resolved or run.
#pragma once

#include "ligature/symbol_space.h"
#include "link/link_graph.h"
#include "session/impl.h"
#include "space/foreign_module.h"
#include "space/names.h"
#include "space/runtime.h"

#include <atomic>

namespace ligature {

class SymbolSpace::Impl {
public:
  Impl(Session::Impl &session, SymbolSpaceOptions options);
  ~Impl();

  llvm::Error define(std::string_view name, const void *address);
  llvm::Error add(llvm::Expected<ForeignModule> foreign);
  llvm::Error link();
  llvm::Error initialise(int argc, char **argv, char **environment);
  void finalise();
  llvm::Expected<void *> lookup(std::string_view name);
  void *find(std::string_view name);
  std::vector<std::string> symbols();
  size_t bytes();

  const SymbolSpaceOptions options;

private:
  using Initialiser = void (*)(int, char **, char **);
  using Finaliser = void (*)();
  /// An array of functions that one module wants run.
  struct Functions {
    unsigned priority = 0;
    void *const *begin = nullptr;
    size_t count = 0;
    static bool is_earlier(const Functions &a, const Functions &b) { return a.priority < b.priority; }
  };

  llvm::Error error(const llvm::Twine &text) const;
  /// On failure `modules` keeps those that may be linked another time.
  llvm::Error link_modules(std::vector<ForeignModule> &modules);
  llvm::Expected<std::vector<SpaceGraph>> graphs_of(const std::vector<ForeignModule> &modules);
  /// What no module defines: defined by the client, by every space, by the client's resolver, by LLVM's
  /// libraries.
  void *resolve(llvm::StringRef name);
  void *resolve_thread_local(llvm::StringRef name);
  void *own_function(std::string_view name);
  void *make_atexit();
  void install(std::vector<LinkedCode> linked, const std::vector<std::vector<std::string>> &names);
  void map_code(const LinkedCode &code);
  void note_sections_locked(const LinkedCode &code) REQUIRES(mutex_);

  Session::Impl &session_;
  ObjectSource objects_;
  SpaceRuntime runtime_;
  SpaceRuntime **handle_ = nullptr; ///< __dso_handle; holds the address of runtime_
  Mutex link_mutex_;
  std::atomic<std::thread::id> linker_; ///< who holds link_mutex_
  Allocation atexit_;                   ///< this space's `atexit`; touched by the linker alone
  void *atexit_address_ = nullptr;

  Mutex mutex_;
  std::vector<ForeignModule> pending_ GUARDED_BY(mutex_);
  SpaceNames defined_ GUARDED_BY(mutex_); ///< by the client
  SpaceNames linked_ GUARDED_BY(mutex_);
  std::vector<Allocation> memory_ GUARDED_BY(mutex_);
  std::vector<uintptr_t> code_ranges_ GUARDED_BY(mutex_);
  std::vector<void *> frames_ GUARDED_BY(mutex_); ///< registered for exceptions
  // By priority, then in the order of linking.
  std::vector<Functions> initialisers_ GUARDED_BY(mutex_);
  std::vector<Functions> finalisers_ GUARDED_BY(mutex_); ///< of what was initialised
  std::vector<Functions> later_finalisers_ GUARDED_BY(mutex_);
};

} // namespace ligature
