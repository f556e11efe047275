// SPDX-License-Identifier: MIT
#include "jl/emit/prologue.h"

#include "jl/emit/debug_info.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"

#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>

namespace jl::emit {

namespace {

/// A function that calls nobody may use this much of the reserve below the stack limit.
constexpr uint64_t kSmallFrame = 4096;

uint64_t frame_bytes(const Emitter &e) {
  const llvm::DataLayout &layout = e.function->getParent()->getDataLayout();
  uint64_t bytes = 0;
  for (const llvm::Instruction &instruction : *e.entry)
    if (auto *alloca = llvm::dyn_cast<llvm::AllocaInst>(&instruction))
      if (auto size = alloca->getAllocationSize(layout))
        bytes += size->getFixedValue();
  return bytes;
}

/// Compares the frame's address, which is at hand, instead of the stack pointer, which LLVM does not like to
/// be asked for.
void add_stack_check(Emitter &e) {
  llvm::BasicBlock *body = e.entry->splitBasicBlock(e.alloca_point->getIterator(), "body");
  e.entry->getTerminator()->eraseFromParent();
  e.enter(e.entry);
  if (e.function->getSubprogram() && e.debug)
    e.ir.SetCurrentDebugLocation(e.debug->first_line(*e.function));
  llvm::Value *frame = e.ir.CreateIntrinsic(llvm::Intrinsic::frameaddress, {e.unit.ptr()}, {e.ir.getInt32(0)},
                                            nullptr, "frame");
  llvm::Value *limit = load_pointer(e, e.task, Access::Task, "stack_limit");
  llvm::BasicBlock *low = e.new_block("stack_low");
  e.ir.CreateCondBr(e.ir.CreateICmpULT(frame, limit), low, body,
                    llvm::MDBuilder(e.unit.llvm).createUnlikelyBranchWeights());
  e.enter(low);
  call_runtime(e, "jl_stack_check", {e.task});
  e.ir.CreateBr(body);
}

} // namespace

void finish_function(Emitter &e) {
  static_assert(offsetof(Task, stack_limit) == 0);
  if (e.makes_calls || frame_bytes(e) > kSmallFrame)
    add_stack_check(e);
  e.alloca_point->eraseFromParent();
}

} // namespace jl::emit
