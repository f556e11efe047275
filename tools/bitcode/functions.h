// SPDX-License-Identifier: MIT
//
// The functions of a program: each is compiled when a call reaches it, or before, by threads that follow the
// calls of what has been compiled already. Each is a symbol space of its own, so that many can be compiled
// and linked at once; the session's stubs are their addresses, and heal once there is code.
#pragma once

#include "ligature/symbol_space.h"
#include "tools/bitcode/module_file.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>
#include <unordered_map>

namespace bitcode {

struct Function {
  ligature::Entry entry; // first: an entry is a function
  const ModuleFile *file = nullptr;
  std::string name;
  // The rest is guarded by Functions' mutex; `error` and `callees` stay as they are once the state is Done or
  // Failed.
  enum class State : uint8_t { Untouched, Working, Done, Failed };
  State state = State::Untouched;
  void *code = nullptr;
  bool is_quick = false; ///< better code will come, so nothing is bound to this one
  std::string error;
  std::vector<Function *> callees; ///< once compiled
};

/// Threads that take none of the program's signals. Fewer, or none, if the system has no more.
std::vector<std::thread> start_quiet(unsigned count, const std::function<void()> &body);

class Functions {
public:
  /// What a function's code refers to, by name.
  using Resolve = std::function<void *(std::string_view name)>;

  Functions(ligature::Session &session, const SymbolTable &program, Resolve resolve, KeptObjects &kept);
  ~Functions();

  void add(const std::string &name, const ModuleFile &file);
  /// Follows aliases; null if the program has no function of that name.
  Function *find(llvm::StringRef name);
  /// The function's address as a value; null if there is no memory for it.
  void *stub(Function &function);
  /// What a direct call may go to: the code, if it is there, else the stub.
  void *call_address(Function &function);
  /// What every function's space knows without asking.
  void define(std::string name, void *address) { defined_.emplace_back(std::move(name), address); }

  /// Compiles it, or waits for who is at it. Its code; null if that failed: `error` says why.
  void *require(Function &function);
  /// The same for all that can be reached from it by direct calls: what a signal handler needs.
  void require_all(Function &function);
  /// The function whose stub that is, or null.
  Function *at(const void *stub);

  /// From here on `threads` threads compile what is called by what is compiled.
  void start_ahead(unsigned threads);
  /// From here on functions are compiled by the threads that call them.
  void stop_ahead();
  /// Compiles everything, on as many threads; for those who want no pauses later. The first error, or "".
  std::string require_everything(unsigned threads);

  /// Around fork: nothing is being compiled then, and the child goes on without helpers, in memory of its
  /// own.
  void before_fork();
  void after_fork(bool is_child);

  struct Counts {
    size_t all = 0, on_demand = 0, ahead = 0, improved = 0;
  };
  Counts counts();

private:
  struct Wanted {
    unsigned depth; ///< calls away from code that was wanted for sure
    size_t order;
    Function *function;
    bool operator<(const Wanted &other) const {
      return depth != other.depth ? depth < other.depth : order < other.order;
    }
  };
  void *require_from(Function &function, unsigned depth);
  using Quality = KeptObjects::Quality; // Quick: if there are no loops
  struct Compiled {
    std::string error;
    void *code = nullptr;
    bool is_quick = false;
    std::vector<Function *> callees;
  };
  Compiled compile(const Function &function, Quality quality);
  std::string link(const Function &function, std::unique_ptr<llvm::MemoryBuffer> object, void *&code);
  void improve(Function &function);
  void help();
  void want_callees_locked(const Function &function, unsigned depth);
  void leave_parents_threads();

  ligature::Session &session_;
  const SymbolTable &program_;
  const Resolve resolve_;
  KeptObjects &kept_;
  std::vector<std::pair<std::string, void *>> defined_;
  std::map<std::string, Function, std::less<>> functions_; // the map never moves them

  std::shared_mutex compiling_; ///< shared by all who compile; a fork wants it alone
  std::mutex mutex_;            ///< states, queue, spaces; held for moments
  std::condition_variable changed_;
  std::set<Wanted> queue_;
  size_t next_order_ = 0;
  std::deque<Function *> to_improve_;
  std::chrono::steady_clock::time_point improving_begins_;
  std::unordered_map<const void *, Function *> stubs_;
  std::vector<std::unique_ptr<ligature::SymbolSpace>> spaces_;
  std::vector<std::thread> helpers_;
  bool stopping_ = false;
  Counts counts_;
};

} // namespace bitcode
