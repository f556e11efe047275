// SPDX-License-Identifier: MIT
// Source positions: one subprogram for each method, an inlined-at chain for what was inlined. Only
// what backtraces and listings need: no types, no variables.
//
// Lines are relative: 1 is the method's first line (0 means "none" to debuggers). A subprogram's linkage name
// leads through link info to its Method (a thunk's: to its MethodInstance), which knows file and first line.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

class DebugInfo {
public:
  DebugInfo(UnitContext &unit, const TypedIR *code);
  /// Attaches the subprogram of scope 0 (of `instance`) to a function.
  void attach(llvm::Function &function, MethodInstance *instance);
  /// The location of an entry of TypedIR::lines.
  llvm::DILocation *location(uint32_t line);
  /// The first line of the function itself: prologues and wrappers.
  llvm::DILocation *first_line(llvm::Function &function);
  void finish();

private:
  llvm::DISubprogram *subprogram(MethodInstance *instance);
  llvm::DILocation *call_site(uint32_t scope);

  UnitContext &unit_;
  const TypedIR *code_;
  llvm::DIBuilder builder_;
  llvm::DIFile *file_;
  llvm::DISubprogram *own_ = nullptr;
  std::map<std::string, llvm::DISubprogram *> subprograms_; // by linkage name
  std::vector<llvm::DILocation *> call_sites_;              // by scope
};

} // namespace jl::emit
