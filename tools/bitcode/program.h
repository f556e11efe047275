// SPDX-License-Identifier: MIT
//
// A whole program made of bitcode files: its symbols, its variables in one symbol space that is linked before
// anything runs, its functions as they are called (functions.h), and its run from static initialisers to
// exit.
#pragma once

#include "tools/bitcode/functions.h"
#include "tools/bitcode/run.h"

#include <atomic>
#include <chrono>

namespace bitcode {

class Program final : public ligature::Client {
public:
  /// Reads the files, loads the libraries, links the variables. An error names what is wrong with the files,
  /// every name that is defined twice, or every name that nobody defines.
  static llvm::Expected<std::unique_ptr<Program>> load(const RunOptions &options);

  /// Static initialisers, then `main`, then exit() with what it returns. Once, on the process's first thread.
  [[noreturn]] void run();

  // ligature::Client; units, slots and adapters are none of a C program's.
  void *slot_cell(const void *value) override;
  void release_slot(const void *value, void *cell) override;
  void *find_runtime(std::string_view name) override;
  std::expected<void *, std::string> find_foreign(std::string_view library, std::string_view name) override;
  RaiseFunction foreign_error() override;
  void *compile_for_call(ligature::Entry &entry, ligature::Abi abi) override;
  llvm::Expected<ligature::Unit> emit_adapter(ligature::Entry &entry, ligature::Abi abi) override;

  /// exit() was called: what the program registered with atexit, destructors of its static objects, and then,
  /// unless libraries were loaded, the end of the process.
  void end(int status);

  /// The process's first thread ends before the process does, as after pthread_exit in `main`: the program's
  /// last thread is to end the process, and threads of ours must not keep it alive.
  void first_thread_ends();

  /// A signal is about to lead to `handler`: whatever that calls must be there before.
  void prepare_handler(void *handler);

private:
  explicit Program(const RunOptions &options);
  llvm::Error load_libraries();
  llvm::Error read_files();
  llvm::Error start_session();
  llvm::Error link_variables();
  llvm::Error check_undefined();
  void *resolve(std::string_view name);
  void *find_outside(std::string_view name);
  void watch_first_thread();
  void finish_writing();
  void print_stats(int status);

  const RunOptions options_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), main_entered_;
  std::vector<std::unique_ptr<ModuleFile>> files_;
  SymbolTable symbols_;
  const std::unique_ptr<KeptObjects> kept_;
  std::unique_ptr<ligature::Session> session_;
  std::unique_ptr<Functions> functions_;
  std::unique_ptr<ligature::SymbolSpace> variables_;
  std::vector<std::string> argument_texts_;
  std::atomic<bool> finished_{false}, first_thread_ended_{false};
  unsigned long long libraries_at_start_ = 0;
};

} // namespace bitcode
