// SPDX-License-Identifier: MIT
// The language as a whole, without LLVM: evaluates files and expressions, decides what is interpreted and
// what compiled.
//
// What tools/lig runs programs with. The compiler half (jl/jit) is a shared library that compiler_half()
// (state.h) loads the first time that something has to be compiled.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jl/runtime/method.h"
#include "ligature/cache.h"
#include "ligature/linker.h"

namespace jl {

struct UnitToKeep;

/// Min interprets everything, All compiles every function on its first call (tests want that).
enum class CompileMode { Min, Default, All };

/// How what is in the cache is bound: from flat units, or (for comparisons) from objects, by JITLink.
enum class CacheLevel { Units, Objects };

struct EngineOptions {
  CompileMode compile = CompileMode::Default;
  int optimize = 2; // -O0 .. -O3
  int threads = 1;
  std::vector<std::string> dumps; // stages to print for code of the user's program
  std::string emit_units;         // directory for every unit's bitcode; empty: none
  bool reverse_emission = false;  // determinism check: inferred code is emitted in the opposite order
  bool stats = false;
  bool debug_info = false;   // for a debugger that is attached later
  std::string perf;          // "map", "jitdump"; empty: none
  std::string trace;         // file for what took time; empty: none
  std::string trace_compile; // file for a line per compiled method instance, or "stderr"; empty: none
  std::vector<std::string> arguments;
  std::string program_file;
  ligature::CacheOptions cache; // where compiled code is kept from run to run
  CacheLevel cache_level = CacheLevel::Units;
  bool library_from_text = false; // Base is read from its text, although the executable holds it stored
  std::string store_library;      // file to store Base in, which is then read from its text; empty: none
  struct Why {
    enum class Form { None, Text, Json } form = Form::None;
    int output = 1; // file descriptor
  } why;            // says at the end why units were not found in the cache (why.h)
};

/// The compiler half as the engine sees it.
class Compiler {
public:
  virtual ~Compiler() = default;
  /// Compiles `code`, which has typed IR, and publishes its entry before it returns. Null, with a warning to
  /// the user, when that fails.
  virtual ligature::UnitHandle compile(Task *task, CodeInstance *code) = 0;
  /// The same for several at once, of which all or none are published. All have typed IR.
  virtual void compile_batch(Task *task, std::span<CodeInstance *const> codes) = 0;
  /// What code_llvm and code_native show.
  struct Listing {
    enum class Kind { Llvm, Native } kind = Kind::Llvm;
    bool dump_module = false, optimize = true, raw = false;
  };
  virtual std::string list(Task *task, CodeInstance *code, const Listing &listing) = 0;
  // Each of these makes the one function of a unit, for the entry of `code`. Null, with a warning to the
  // user, when that fails.
  /// Code that enters an opaque closure with the signature of `code`: `target`, compiled for the body, or
  /// with null a boxed call that checks the result.
  virtual ligature::UnitHandle compile_opaque_entry(Task *task, CodeInstance *code, CodeInstance *target) = 0;
  /// A C function that calls `f`: `target` as long as `watcher` holds in the newest world, else by dispatch
  /// (always if they are null). Parameters and result have places in c_abi.h.
  struct Callback {
    Value *f, *result;
    SimpleVector *types;
    CodeInstance *target, *watcher;
  };
  virtual ligature::UnitHandle compile_callback(Task *task, CodeInstance *code, const Callback &callback) = 0;
  /// A boxed function that makes an llvmcall.
  virtual ligature::UnitHandle compile_llvm_call(Task *task, CodeInstance *code, Value *ir, Value *result,
                                                 Value *types) = 0;
  /// Links the object that the cache has under that key, with this link info. Null when it has not, or that
  /// fails.
  virtual ligature::UnitHandle link_object(ligature::LinkInfo info, const std::array<uint8_t, 32> &key) = 0;
  /// The unit that this thread has linked last, for the cache. False when there is none, or it was taken
  /// already.
  virtual bool take_linked(UnitToKeep &unit) = 0;
  /// How many units were emitted.
  virtual uint64_t units_emitted() const = 0;
};

class Engine {
public:
  static Engine &get();
  /// Runs a file, `-` for standard input, or text. Returns the process's exit status; errors are printed to
  /// standard error.
  int run_file(const std::string &path);
  int run_expression(std::string_view text, const std::string &name, bool show_last_value);
  /// All counters as one line of JSON.
  std::string stats_json() const;

  struct Impl;

private:
  friend int run_program(const EngineOptions &options, const std::function<int(Engine &)> &body);
  Engine() = default;
  void start(const EngineOptions &options);
  Impl *impl_ = nullptr;
};

/// Starts the language on a stack of its own, runs `body` there, flushes output and returns the exit status.
/// Once per process.
int run_program(const EngineOptions &options, const std::function<int(Engine &)> &body);
/// Prints the syntax tree of a file (`-`: standard input), one statement a line. Runs nothing. Returns the
/// exit status.
int dump_ast(const std::string &path);
/// The same for a text; `name` is what messages call it.
int dump_ast_of(const std::string &name, std::string text);

/// A function of the compiler half that is no part of the language (lig bitcode); null, and why in `problem`.
void *find_in_compiler_half(const char *symbol, std::string &problem);

} // namespace jl
