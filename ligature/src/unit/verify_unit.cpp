// SPDX-License-Identifier: MIT
//
// Everything that would make a unit depend on this process, or fail only when it is linked.
#include "ligature/unit.h"

#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Verifier.h>

#include <set>

namespace ligature {
namespace {

class Checker {
public:
  explicit Checker(const Unit &unit) : unit_(unit), module_(*unit.module) {}
  std::string run();

private:
  void complain(const llvm::Twine &what) { problems_ += problems_.empty() ? what.str() : "; " + what.str(); }
  void check_constants();
  void check_constant(const llvm::Constant &constant, llvm::StringRef where);
  void check_globals();
  void check_definitions();
  void explain(NameId name) { explained_.insert(unit_.link_info.name(name)); }

  const Unit &unit_;
  const llvm::Module &module_;
  std::string problems_;
  std::set<std::string_view> explained_;
  llvm::SmallPtrSet<const llvm::Constant *, 32> seen_;
};

void Checker::check_constant(const llvm::Constant &constant, llvm::StringRef where) {
  if (!seen_.insert(&constant).second || llvm::isa<llvm::GlobalValue>(constant))
    return;
  auto *expression = llvm::dyn_cast<llvm::ConstantExpr>(&constant);
  if (expression && expression->getOpcode() == llvm::Instruction::IntToPtr)
    complain("an address is written into '" + where + "' (inttoptr constant); use a slot");
  for (const llvm::Use &operand : constant.operands())
    if (auto *inner = llvm::dyn_cast<llvm::Constant>(operand.get()))
      check_constant(*inner, where);
}

void Checker::check_constants() {
  for (const llvm::GlobalVariable &global : module_.globals())
    if (global.hasInitializer())
      check_constant(*global.getInitializer(), global.getName());
  for (const llvm::Function &function : module_)
    for (const llvm::BasicBlock &block : function)
      for (const llvm::Instruction &instruction : block) {
        if (llvm::isa<llvm::IntToPtrInst>(instruction) &&
            llvm::isa<llvm::ConstantInt>(instruction.getOperand(0)))
          complain("an address is written into '" + function.getName() +
                   "' (inttoptr of a constant); use a slot");
        for (const llvm::Use &operand : instruction.operands())
          if (auto *constant = llvm::dyn_cast<llvm::Constant>(operand.get()))
            check_constant(*constant, function.getName());
      }
}

void Checker::check_globals() {
  for (const llvm::GlobalVariable &global : module_.globals()) {
    if (global.isThreadLocal())
      complain("'" + global.getName() + "' is thread-local; pass a parameter instead");
    if (global.getName() == "llvm.global_ctors" || global.getName() == "llvm.global_dtors")
      complain("'" + global.getName() + "' would never run");
  }
  for (const llvm::GlobalValue &global : module_.global_values()) {
    bool intrinsic = llvm::isa<llvm::Function>(global) && llvm::cast<llvm::Function>(global).isIntrinsic();
    if (global.isDeclaration() && !intrinsic && !explained_.count(global.getName()))
      complain("'" + global.getName() + "' is undefined and link info does not say what it is");
  }
}

void Checker::check_definitions() {
  for (const Definition &definition : unit_.link_info.definitions)
    for (NameId name : {definition.spec_symbol, definition.invoke_symbol}) {
      if (name == NameId::None)
        continue;
      const llvm::GlobalValue *value = module_.getNamedValue(unit_.link_info.name(name));
      if (!value || value->isDeclaration())
        complain("'" + llvm::StringRef(unit_.link_info.name(name)) +
                 "' is to be defined here and has no body");
      else if (value->hasLocalLinkage())
        complain("'" + value->getName() + "' is a definition and cannot be found: its linkage is local");
    }
}

std::string Checker::run() {
  for (auto &target : unit_.link_info.call_targets)
    explain(target.symbol);
  for (auto &slot : unit_.link_info.slots)
    explain(slot.symbol);
  for (auto &function : unit_.link_info.foreign)
    explain(function.symbol);
  for (NameId name : unit_.link_info.runtime)
    explain(name);
  if (module_.getSourceFileName() != "unit")
    complain("source_filename is '" + module_.getSourceFileName() + "'; a unit's is 'unit'");
  check_constants();
  check_globals();
  check_definitions();
  std::string text;
  llvm::raw_string_ostream out(text);
  if (llvm::verifyModule(module_, &out))
    complain(llvm::StringRef(text).rtrim());
  return std::move(problems_);
}

} // namespace

llvm::Error verify_unit(const Unit &unit) {
  std::string problems = Checker(unit).run();
  if (problems.empty())
    return llvm::Error::success();
  return llvm::createStringError("unit: " + problems);
}

} // namespace ligature
