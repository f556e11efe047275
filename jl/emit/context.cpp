// SPDX-License-Identifier: MIT
#include "jl/emit/context.h"

#include <llvm/IR/MDBuilder.h>

namespace jl::emit {

Emitter::Emitter(UnitContext &unit, llvm::Function *function)
    : unit(unit), ir(unit.llvm), function(function) {
  entry = llvm::BasicBlock::Create(unit.llvm, "top", function);
  ir.SetInsertPoint(entry);
  // Allocas go in front of this; it is removed when the function is finished.
  alloca_point = ir.Insert(new llvm::BitCastInst(llvm::PoisonValue::get(unit.ptr()), unit.ptr()));
}

llvm::AllocaInst *Emitter::alloca_at_entry(llvm::Type *type, const llvm::Twine &name, uint64_t count,
                                           llvm::Align align) {
  llvm::IRBuilder<> at(alloca_point);
  auto *alloca = at.CreateAlloca(type, count == 1 ? nullptr : at.getInt32(count), name);
  alloca->setAlignment(align);
  return alloca;
}

llvm::BasicBlock *Emitter::new_block(const llvm::Twine &name) {
  return llvm::BasicBlock::Create(unit.llvm, name, function);
}

llvm::Value *Emitter::byte_offset(llvm::Value *base, uint64_t bytes, const llvm::Twine &name) {
  return bytes == 0 ? base : ir.CreateConstInBoundsGEP1_64(unit.i8(), base, bytes, name);
}

void Emitter::set_access(llvm::Instruction *access, Access kind, llvm::Type *scalar) {
  if (llvm::MDNode *tag = unit.tbaa.tag(kind, scalar))
    access->setMetadata(llvm::LLVMContext::MD_tbaa, tag);
}

void Emitter::note_call(llvm::CallInst *call) {
  if (cold)
    cold_calls.push_back(call);
  else
    makes_calls = true;
}

llvm::BasicBlock *Emitter::cold_branch(llvm::Value *condition, const llvm::Twine &cold,
                                       const llvm::Twine &rest) {
  llvm::BasicBlock *unlikely = new_block(cold), *likely = new_block(rest);
  ir.CreateCondBr(condition, unlikely, likely, llvm::MDBuilder(unit.llvm).createUnlikelyBranchWeights());
  enter(likely);
  return unlikely;
}

} // namespace jl::emit
