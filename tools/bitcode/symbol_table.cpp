// SPDX-License-Identifier: MIT
#include "tools/bitcode/symbol_table.h"

namespace bitcode {

static bool is_definition(Strength strength) {
  return strength > Strength::Undefined;
}

void SymbolTable::add(unsigned file, const std::vector<FileSymbol> &symbols) {
  for (const FileSymbol &symbol : symbols) {
    Symbol found{symbol.kind, symbol.strength, file, symbol.size, symbol.target, symbol.is_thread_local};
    auto [at, fresh] = symbols_.try_emplace(symbol.name, found);
    if (fresh)
      continue;
    Symbol &known = at->second;
    if (known.strength == Strength::Strong && symbol.strength == Strength::Strong)
      clashes_.push_back({symbol.name, known.file, file});
    bool larger =
        known.strength == Strength::Common && symbol.strength == Strength::Common && symbol.size > known.size;
    if (symbol.strength > known.strength || larger)
      known = found;
  }
}

const std::string *SymbolTable::find_function(llvm::StringRef name) const {
  auto at = symbols_.find(name);
  for (int steps = 0; at != symbols_.end() && is_definition(at->second.strength) && steps < 100; ++steps) {
    if (at->second.kind == SymbolKind::Function)
      return &at->first;
    if (at->second.kind == SymbolKind::Variable)
      return nullptr;
    at = symbols_.find(at->second.target);
  }
  return nullptr;
}

bool SymbolTable::defines(llvm::StringRef name) const {
  auto at = symbols_.find(name);
  return at != symbols_.end() && is_definition(at->second.strength);
}

bool SymbolTable::wins(llvm::StringRef name, unsigned file) const {
  auto at = symbols_.find(name);
  return at != symbols_.end() && is_definition(at->second.strength) && at->second.file == file;
}

} // namespace bitcode
