// SPDX-License-Identifier: MIT
#include "jl/emit/loops.h"

#include <llvm/IR/CFG.h>
#include <llvm/IR/Dominators.h>

#include <set>

namespace jl::emit {

namespace {

using BlockSet = std::set<llvm::BasicBlock *>; // asked for membership only

struct NaturalLoop {
  llvm::BasicBlock *header = nullptr;
  llvm::BasicBlock *latch = nullptr;
  BlockSet blocks;
};

NaturalLoop loop_of_edge(llvm::BasicBlock *latch, llvm::BasicBlock *header) {
  NaturalLoop loop{header, latch, {header}};
  std::vector<llvm::BasicBlock *> work{latch};
  while (!work.empty()) {
    llvm::BasicBlock *block = work.back();
    work.pop_back();
    if (!loop.blocks.insert(block).second)
      continue;
    for (llvm::BasicBlock *pred : llvm::predecessors(block))
      work.push_back(pred);
  }
  return loop;
}

/// The smallest loop that contains `block`; header null if there is none.
NaturalLoop innermost_loop(llvm::Function &function, const llvm::DominatorTree &dominators,
                           llvm::BasicBlock *block) {
  NaturalLoop best;
  for (llvm::BasicBlock &latch : function)
    for (llvm::BasicBlock *header : llvm::successors(&latch)) {
      if (!dominators.dominates(header, &latch))
        continue;
      NaturalLoop loop = loop_of_edge(&latch, header);
      if (loop.blocks.count(block) && (!best.header || loop.blocks.size() < best.blocks.size()))
        best = std::move(loop);
    }
  return best;
}

/// Marks the chain of operations from `value` back to `phi`. False when it does not lead there.
bool mark_chain(llvm::Value *value, llvm::PHINode *phi, const BlockSet &loop, int depth) {
  if (value == phi)
    return true;
  auto *operation = llvm::dyn_cast<llvm::Instruction>(value);
  if (!operation || depth == 0 || !loop.count(operation->getParent()))
    return false;
  unsigned opcode = operation->getOpcode();
  bool sum = opcode == llvm::Instruction::FAdd || opcode == llvm::Instruction::FSub;
  if (!sum && opcode != llvm::Instruction::FMul)
    return false;
  bool leads = mark_chain(operation->getOperand(0), phi, loop, depth - 1);
  if (opcode != llvm::Instruction::FSub)
    leads |= mark_chain(operation->getOperand(1), phi, loop, depth - 1);
  if (leads) {
    operation->setHasAllowReassoc(true);
    operation->setHasAllowContract(true);
  }
  return leads;
}

void mark_reductions(const NaturalLoop &loop) {
  constexpr int kLongestChain = 16;
  for (llvm::PHINode &phi : loop.header->phis())
    if (phi.getType()->isFloatingPointTy())
      mark_chain(phi.getIncomingValueForBlock(loop.latch), &phi, loop.blocks, kLongestChain);
}

} // namespace

void mark_simd_loops(Emitter &e) {
  if (e.body->simd_blocks.empty())
    return;
  llvm::DominatorTree dominators(*e.function);
  for (llvm::BasicBlock *block : e.body->simd_blocks)
    if (NaturalLoop loop = innermost_loop(*e.function, dominators, block); loop.header)
      mark_reductions(loop);
}

} // namespace jl::emit
