// SPDX-License-Identifier: MIT
//
// One bitcode file of a program, and the modules that are made of it: one with its variables, and one for
// each function, made when it is wanted. The file is read lazily for each of them, into a context of its own,
// so that many can be compiled at once and nobody pays for functions that never run.
//
// Names. Within the program every global has one name: its own if it is visible outside of its file, else its
// own and the file's number ("count.m2"), the same each time the file is read. A function f is `f#body` where
// its code is, and `f#call` where it is called directly, which may be bound to the code; `f` is its address
// as a value, the same everywhere and for ever.
#pragma once

#include "ligature/unit.h"
#include "tools/bitcode/kept_objects.h"
#include "tools/bitcode/symbol_table.h"

#include <llvm/Support/MemoryBuffer.h>

#include <vector>

namespace bitcode {

constexpr const char *kBodySuffix = "#body";
constexpr const char *kCallSuffix = "#call";

/// Destroyed in reverse order: the module before its context.
struct OwnedModule {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
};

class ModuleFile {
public:
  /// Reads the file and checks that it is bitcode for this machine. With `optimize` from 0 to 3 LLVM's
  /// pipeline of that level is run over the module, or what `kept` has of that is taken.
  static llvm::Expected<std::unique_ptr<ModuleFile>> open(const std::string &path, unsigned ordinal,
                                                          int optimize, KeptObjects &kept);

  const std::string &path() const { return path_; }
  /// All names that are visible in the program.
  llvm::Expected<std::vector<FileSymbol>> symbols() const;

  /// The module with the variables whose definitions here are the program's; functions are declared.
  llvm::Expected<OwnedModule> variables(const SymbolTable &program) const;
  /// The module with the function of that name and nothing else. `callees` gets the program's functions that
  /// it calls directly, in order of first mention.
  llvm::Expected<OwnedModule> function(llvm::StringRef name, const SymbolTable &program,
                                       std::vector<std::string> &callees) const;

private:
  ModuleFile() = default;
  enum class Names : uint8_t { AsInTheFile, OfTheProgram };
  llvm::Expected<OwnedModule> parse(Names names = Names::OfTheProgram) const;
  llvm::Error check(const llvm::Module &module) const;
  llvm::Expected<llvm::SmallVector<char, 0>> optimize(OwnedModule parsed,
                                                      const ligature::CompileOptions &options) const;
  llvm::Error error(const llvm::Twine &text) const;

  std::string path_;
  unsigned ordinal_ = 0;
  std::unique_ptr<llvm::MemoryBuffer> bytes_;
};

} // namespace bitcode
