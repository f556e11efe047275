// SPDX-License-Identifier: MIT
#include "jl/emit/debug_info.h"

#include "jl/emit/names.h"

namespace jl::emit {

DebugInfo::DebugInfo(UnitContext &unit, const TypedIR *code)
    : unit_(unit), code_(code), builder_(unit.builder.module()),
      file_(builder_.createFile(ligature::UnitBuilder::position_file(), "")) {
  // "For profiling": without it LLVM describes only functions that have something inlined.
  builder_.createCompileUnit(llvm::dwarf::DW_LANG_Julia, file_, "ligature", true, "", 0, "",
                             llvm::DICompileUnit::LineTablesOnly, 0, /*SplitDebugInlining=*/true,
                             /*DebugInfoForProfiling=*/true);
  if (code)
    call_sites_.resize(code->scopes.size());
}

/// What a position's handle is: the method, or a thunk's instance.
static const void *handle_of(const MethodInstance *instance) {
  return instance->def ? static_cast<const void *>(instance->def) : instance;
}

llvm::DISubprogram *DebugInfo::subprogram(MethodInstance *instance) {
  std::string linkage = unit_.builder.position(handle_of(instance));
  llvm::DISubprogram *&known = subprograms_[linkage];
  if (!known) {
    auto *type = builder_.createSubroutineType(builder_.getOrCreateTypeArray({}));
    known = builder_.createFunction(
        file_, symbol_name(instance), linkage, file_, 1, type, 1, llvm::DINode::FlagZero,
        llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagOptimized);
  }
  return known;
}

void DebugInfo::attach(llvm::Function &function, MethodInstance *instance) {
  if (!own_) {
    own_ = subprogram(instance);
    function.setSubprogram(own_);
    return;
  }
  // A second function of the same method (its wrapper): a subprogram may belong to one function only.
  auto *type = builder_.createSubroutineType(builder_.getOrCreateTypeArray({}));
  function.setSubprogram(builder_.createFunction(
      file_, symbol_name(instance), unit_.builder.position(handle_of(instance)), file_, 1, type, 1,
      llvm::DINode::FlagZero, llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagOptimized));
}

llvm::DILocation *DebugInfo::call_site(uint32_t scope) {
  uint32_t parent = code_->scopes[scope].parent_line;
  if (scope == 0 || parent == ~0u)
    return nullptr;
  llvm::DILocation *&known = call_sites_[scope];
  if (!known) {
    llvm::DILocation *at = location(parent);
    known = llvm::DILocation::getDistinct(unit_.llvm, at->getLine(), 0, at->getScope(), at->getInlinedAt());
  }
  return known;
}

llvm::DILocation *DebugInfo::location(uint32_t line) {
  if (!own_ || line >= code_->lines.size())
    return nullptr;
  const TypedLine &position = code_->lines[line];
  unsigned number = unsigned(std::max(position.line, 0)) + 1;
  llvm::DISubprogram *scope = position.scope == 0 ? own_ : subprogram(code_->scopes[position.scope].instance);
  return llvm::DILocation::get(unit_.llvm, number, 0, scope, call_site(position.scope));
}

llvm::DILocation *DebugInfo::first_line(llvm::Function &function) {
  llvm::DISubprogram *scope = function.getSubprogram();
  return scope ? llvm::DILocation::get(unit_.llvm, 1, 0, scope) : nullptr;
}

void DebugInfo::finish() {
  builder_.finalize();
}

} // namespace jl::emit
