// SPDX-License-Identifier: MIT
//
// Who defines what in a program of several bitcode files, as a static linker decides it: a strong definition
// wins over common ones (of which the largest wins) and those over weak ones, of which the first wins.
#pragma once

#include <llvm/ADT/StringRef.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bitcode {

/// What a file says of one name.
enum class Strength : uint8_t {
  WeakUndefined, ///< takes null if there is none
  Undefined,     ///< needs it
  Weak,
  Common,
  Strong,
};
enum class SymbolKind : uint8_t { Function, Variable, FunctionAlias };

struct FileSymbol {
  std::string name;
  SymbolKind kind = SymbolKind::Function;
  Strength strength = Strength::Undefined;
  uint64_t size = 0;  ///< of a common variable
  std::string target; ///< of an alias: the function it stands for
  bool is_thread_local = false;
};

class SymbolTable {
public:
  /// A name's definition, or what is known of it while there is none.
  struct Symbol {
    SymbolKind kind = SymbolKind::Function;
    Strength strength = Strength::Undefined;
    unsigned file = 0;
    uint64_t size = 0;
    std::string target;
    bool is_thread_local = false;
  };

  /// What file number `file` defines and needs.
  void add(unsigned file, const std::vector<FileSymbol> &symbols);

  /// The function that `name` stands for, through aliases; null if the program defines none of that name.
  const std::string *find_function(llvm::StringRef name) const;
  /// Does the program define a function or variable of that name?
  bool defines(llvm::StringRef name) const;
  /// Is `file`'s definition of `name` the program's?
  bool wins(llvm::StringRef name, unsigned file) const;

  /// Names defined more than once, each with the two files.
  struct Clash {
    std::string name;
    unsigned first, second;
  };
  const std::vector<Clash> &clashes() const { return clashes_; }
  const std::map<std::string, Symbol, std::less<>> &symbols() const { return symbols_; }

private:
  std::map<std::string, Symbol, std::less<>> symbols_;
  std::vector<Clash> clashes_;
};

} // namespace bitcode
