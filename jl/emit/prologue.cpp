// SPDX-License-Identifier: MIT
#include "jl/emit/prologue.h"

#include "jl/emit/debug_info.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"

#include <llvm/IR/IntrinsicInst.h>
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

/// Ends the current block with the check; `body` goes on. Compares the frame's address, which is at hand,
/// instead of the stack pointer, which LLVM does not like to be asked for.
void write_stack_check(Emitter &e, llvm::BasicBlock *body) {
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

void check_stack_at_entry(Emitter &e) {
  llvm::BasicBlock *body = e.entry->splitBasicBlock(e.alloca_point->getIterator(), "body");
  e.entry->getTerminator()->eraseFromParent();
  e.enter(e.entry);
  if (e.function->getSubprogram() && e.debug)
    e.ir.SetCurrentDebugLocation(e.debug->first_line(*e.function));
  write_stack_check(e, body);
}

void check_stack_before(Emitter &e, llvm::CallInst *call) {
  llvm::BasicBlock *block = call->getParent();
  llvm::BasicBlock *body = block->splitBasicBlock(call->getIterator(), "call");
  block->getTerminator()->eraseFromParent();
  e.enter(block);
  e.ir.SetCurrentDebugLocation(call->getDebugLoc());
  write_stack_check(e, body);
}

/// A recursion is found if one of its functions checks each time around. What calls others only on its way to
/// a throw checks there, so that the way without stays short; and not before what never comes back, which
/// checks itself. That is why what never comes back looks at once.
void add_stack_checks(Emitter &e) {
  bool never_returns = e.function->doesNotReturn() && !e.cold_calls.empty();
  if (e.makes_calls || never_returns || frame_bytes(e) > kSmallFrame)
    return check_stack_at_entry(e);
  for (llvm::CallInst *call : e.cold_calls)
    if (llvm::Function *callee = call->getCalledFunction(); !callee || !callee->doesNotReturn())
      check_stack_before(e, call);
}

bool is_returned_at_once(const llvm::CallInst &call) {
  return call.hasOneUse() && llvm::isa<llvm::ReturnInst>(*call.user_begin());
}

/// Calls of the function to itself that are followed by more work: fib(n - 1) + fib(n - 2) has two.
std::vector<llvm::CallInst *> inner_recursions(Emitter &e) {
  std::vector<llvm::CallInst *> calls;
  for (llvm::BasicBlock &block : *e.function)
    for (llvm::Instruction &instruction : block)
      if (auto *call = llvm::dyn_cast<llvm::CallInst>(&instruction))
        if (call->getCalledFunction() == e.function && !is_returned_at_once(*call))
          calls.push_back(call);
  return calls;
}

/// Backtraces and StackOverflowError need every frame, so calls are never turned into jumps. Only where a
/// function calls itself twice may LLVM make one of the calls a loop: the other still recurses. (fib: 1.5x of
/// C without, 1.1x with.)
void settle_tail_calls(Emitter &e) {
  std::vector<llvm::CallInst *> recursions = inner_recursions(e);
  if (recursions.size() < 2) {
    e.function->addFnAttr("disable-tail-calls", "true");
    return;
  }
  for (llvm::BasicBlock &block : *e.function)
    for (llvm::Instruction &instruction : block)
      if (auto *call = llvm::dyn_cast<llvm::CallInst>(&instruction);
          call && !llvm::isa<llvm::IntrinsicInst>(call))
        call->setTailCallKind(llvm::CallInst::TCK_NoTail);
  for (llvm::CallInst *call : recursions)
    call->setTailCallKind(llvm::CallInst::TCK_None);
}

} // namespace

void finish_function(Emitter &e) {
  static_assert(offsetof(Task, stack_limit) == 0);
  add_stack_checks(e);
  e.alloca_point->eraseFromParent();
  settle_tail_calls(e);
}

} // namespace jl::emit
