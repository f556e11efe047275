// SPDX-License-Identifier: MIT
//
// Modules that were not written for a session: LLVM bitcode, assembly text or objects of C, C++ and the like,
// whose functions and variables call one another by ordinary names. Each symbol space is a world of its own,
// like a shared library: names mean something within it alone, and two spaces may both define `main`.
//
//   space->add_bitcode(a); space->add_bitcode(b);   // in any order; they may refer to each other
//   space->link();                                  // compiled, placed and bound, all of it or nothing
//   space->initialise(argc, argv);                  // static initialisers
//   auto *run = reinterpret_cast<int (*)(int)>(*space->lookup("run"));
//
// Works: weak and inline definitions (one wins), common symbols, static initialisers and finalisers, atexit,
// C++ exceptions, thread-locals of modules (emulated: objects that use the machine's own are refused with an
// error) and of the process's shared libraries.
#pragma once

#include "ligature/session.h"
#include "ligature/version.h"

#include <llvm/Support/MemoryBufferRef.h>

#include <vector>

namespace ligature {

/// The function or variable of that name in this process and the libraries it has loaded, or null.
LIGATURE_API void *find_in_process(std::string_view name);

struct SymbolSpaceOptions {
  std::string name = "space"; ///< for errors, debuggers and backtraces
  /// How modules are compiled; the session's options if empty.
  std::optional<CompileOptions> compile;
  /// That many modules are compiled at once.
  unsigned threads = 1;
  /// Address of what the space needs and does not define, null if there is none. Called by `link`, on its
  /// thread, once for each name and link. What it answers must stay as long as the space.
  std::function<void *(std::string_view name)> resolve = find_in_process;
  /// If the process ends through exit() before the space does, its finalisers run then.
  bool finalise_at_exit = true;
};

/// All functions may be called on any thread, and several at once; `initialise`, `finalise` and the
/// destructor run or end code of the space, and so must come one after another. Errors carry the space's and
/// the module's name.
class LIGATURE_API SymbolSpace {
public:
  /// `session` must outlive the space.
  static std::unique_ptr<SymbolSpace> create(Session &session, SymbolSpaceOptions options = {});

  /// Finalises if that was not done, then gives code, data and names back. None of the space's code may be
  /// running or be entered afterwards, on any thread; thread-locals of other threads are freed, not
  /// destroyed.
  ~SymbolSpace();

  /// `name` stands for `address` in what is linked from now on, unless a module defines it. An error if it is
  /// defined already.
  llvm::Error define(std::string_view name, const void *address);

  /// Takes bitcode or LLVM assembly text; the bytes are not needed afterwards. `name` is for errors. An error
  /// if it cannot be read or is for another machine: nothing was added then.
  llvm::Error add_bitcode(llvm::MemoryBufferRef bytes);
  /// The same for a module in memory; its context goes with it.
  llvm::Error add_module(std::unique_ptr<llvm::LLVMContext> context, std::unique_ptr<llvm::Module> module);
  /// Takes a relocatable ELF object: position-independent, no thread-locals.
  llvm::Error add_object(std::unique_ptr<llvm::MemoryBuffer> object);

  /// Compiles and links what was added since the last time. When it succeeds, all of that can be called and
  /// none of its static initialisers has run. If it fails, none of what was added since is in the space, and
  /// the error names every name that is undefined or defined twice. After an undefined name, or for want of
  /// memory, all of it is kept for the next time: `define` the name, or add what defines it. A module that
  /// cannot be compiled is dropped; after a name that is defined twice everything that was added since the
  /// last time is.
  llvm::Error link();

  /// Runs the static initialisers of what was linked and not initialised yet, in order of priority and then
  /// of adding; links first. They get the arguments, as on Linux. An exception that leaves one ends the
  /// process.
  llvm::Error initialise(int argc = 0, char **argv = nullptr, char **environment = nullptr);

  /// Runs what the space's code handed to atexit or __cxa_atexit, last first, then its finalisers
  /// (.fini_array, llvm.global_dtors). Again only for what came since.
  void finalise();

  /// Address of a function or variable that a module of the space defines; links first. The error says that
  /// there is none of that name, or why linking failed.
  llvm::Expected<void *> lookup(std::string_view name);
  /// The same without linking: null if it is not defined, or not linked yet.
  void *find(std::string_view name) const;

  /// Names of what linked modules define, sorted.
  std::vector<std::string> symbols() const;
  /// Bytes of code and data.
  size_t bytes() const;
  const std::string &name() const;

  class Impl;

private:
  explicit SymbolSpace(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace ligature
