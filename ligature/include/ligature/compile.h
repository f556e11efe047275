// SPDX-License-Identifier: MIT
//
// From a module to machine code: the pass pipeline and the code generator, for the machine this process
// runs on. A pure function of module and options; used by the session for units, and by clients that
// want to look (optimised IR, assembly).
#pragma once

#include "ligature/line_table.h"
#include "ligature/version.h"

#include <llvm/IR/Module.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/MemoryBuffer.h>

#include <memory>
#include <string>

namespace ligature {

struct CompileOptions {
  unsigned opt_level = 2; ///< 0 to 3
  std::string pipeline;   ///< as opt's -passes= takes it; empty = the default of the level
  std::string cpu;        ///< empty = this machine's
  std::string features;   ///< empty = this machine's
  /// Thread-local variables through __emutls_get_address; else as the machine has them, which nothing here
  /// links.
  bool emulated_tls = false;
  /// Which runtime the client's code fits: its own word, part of every object's key. Objects in a cache are
  /// not found any more once it changes.
  std::string runtime_abi;
};

/// What a unit became. No name in it means anything outside, no address is in it.
struct Object {
  std::unique_ptr<llvm::MemoryBuffer> bytes; ///< ELF without debug sections
  ObjectLines lines;
  double optimize_ms = 0;
  double codegen_ms = 0;
};

/// Runs the pass pipeline. Any thread; one module at a time per context.
LIGATURE_API llvm::Error optimize(llvm::Module &module, const CompileOptions &options);

/// Refuses what LLVM's verifier lets pass and its code generator ends the process for: unknown garbage
/// collectors, registers and intrinsics, other machines' things, integers of thousands of bits. `compile` and
/// `assembly` ask first.
LIGATURE_API llvm::Error check_module(const llvm::Module &module);

/// Optimises and generates code. The module is used up. What LLVM reports as wrong, in inline assembly say,
/// is the error.
LIGATURE_API llvm::Expected<Object> compile(llvm::Module &module, const CompileOptions &options);

enum class Optimize { No, Yes };
/// Assembly text as the code generator writes it, optimised first if asked. The module is used up.
LIGATURE_API llvm::Expected<std::string> assembly(llvm::Module &module, const CompileOptions &options,
                                                  Optimize optimize);

/// Deterministic text: sections with sizes, symbols, relocations.
LIGATURE_API std::string print_object(llvm::MemoryBufferRef object);

} // namespace ligature
