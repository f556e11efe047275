// SPDX-License-Identifier: MIT
// Blocks, jumps and phis. Edges convert values to the phi's shape; a conditional jump whose edges have work
// to do gets blocks of their own, so that no box is made for the way not taken. Called by statements.h, block
// after block; what protects a region is in exceptions.h.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// Makes the LLVM blocks, and the phis of all that can be reached.
void begin_blocks(Emitter &e);
/// The typed blocks in an order in which definitions precede uses.
std::vector<uint32_t> emission_order(const TypedIR &code);
/// Phis of the block that is about to be written: their values, and copies out of phis in memory.
void begin_block_phis(Emitter &e, uint32_t block);

void emit_goto(Emitter &e, uint32_t target);
void emit_branch(Emitter &e, llvm::Value *condition, uint32_t if_true, uint32_t if_false);
/// Branch for a try: `caught` where entering came back from a throw.
void emit_try_branch(Emitter &e, llvm::Value *caught, uint32_t body, uint32_t handler);

} // namespace jl::emit
