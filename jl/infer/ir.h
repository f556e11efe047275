// SPDX-License-Identifier: MIT
// The IR that inference and the optimiser work on: SSA instructions in blocks, easy to edit.
//
// ssa.cpp makes it from lowered code, frame.cpp types it, the optimiser edits it in place, finish.cpp
// flattens it into TypedIR. Instructions have stable ids (Operand::Ssa indexes `insts`); a block lists ids in
// order. Invariants: every block ends in Goto, GotoIfNot, Return or Enter, or in an instruction of type
// Union{} (then it has no successors); the operands of a phi are parallel to its block's `preds`; phis come
// first, then pis. Slots, globals and static parameters are read by Copy instructions only. A ForeignCall's
// operands are its arguments, then function, result type and argument types.
#pragma once

#include "jl/infer/effects.h"
#include "jl/infer/lattice.h"
#include "jl/infer/typed.h"

namespace jl::inference {

struct CallInfo; // calls.h: what inference found out about a call, for the optimiser

inline constexpr uint32_t kNone = ~0u;

struct Inst {
  Op op = Op::Nop;
  uint8_t flags = 0;
  uint16_t count = 0;
  uint32_t first = 0;
  uint32_t target = 0;     // side table index; Pi: 0 or 1, which way the branch on operand 1 went
  uint32_t dest = kNoSlot; // memory slot
  uint32_t line = 0;
  uint32_t block = kNone;
  uint32_t effects = 0; // Effects bits
  Lat lat;
  CallInfo *call = nullptr;
};

struct BlockData {
  GcVector<uint32_t> insts;
  GcVector<uint32_t> preds, succs;
};

struct IR {
  GcVector<Inst> insts;
  GcVector<Operand> pool;
  GcVector<Value *> constants;
  GcVector<GlobalRef *> globals;
  GcVector<ForeignCall> foreign_calls;
  GcVector<Definition> definitions;
  GcVector<BlockData> blocks; // 0 is the entry; a block without instructions is dead
  GcVector<TypedLine> lines;
  GcVector<InlineScope> scopes;
  GcVector<MemorySlot> slots;
  GcVector<Lat> arguments;
  GcVector<Symbol> argument_names;
  MethodInstance *instance = nullptr;
  bool is_vararg = false;
  bool propagate_inbounds = false;

  std::span<Operand> args(const Inst &i) { return {pool.data() + i.first, i.count}; }
  std::span<const Operand> args(const Inst &i) const { return {pool.data() + i.first, i.count}; }
  Inst &at(uint32_t id) { return insts[id]; }
  const Inst &at(uint32_t id) const { return insts[id]; }
};

inline Operand ssa(uint32_t id) {
  return {Operand::Kind::Ssa, id};
}
inline bool is_ssa(Operand o) {
  return o.kind() == Operand::Kind::Ssa;
}
inline bool is_terminator(Op op) {
  return op == Op::Goto || op == Op::GotoIfNot || op == Op::Return || op == Op::Enter;
}

/// An operand for a constant; equal constants share one entry.
Operand constant_operand(IR &ir, Value *value);
/// The constant of an operand, or null.
Value *constant_of(const IR &ir, Operand o);
/// What is known of an operand. For memory slots, globals and static parameters: Any.
Lat lat_of(const IR &ir, Operand o);

/// A new instruction with these operands, in no block.
uint32_t new_inst(IR &ir, Op op, std::span<const Operand> operands, uint32_t line = 0);
void set_operands(IR &ir, Inst &inst, std::span<const Operand> operands);
/// Appends to a block.
uint32_t append(IR &ir, uint32_t block, Op op, std::span<const Operand> operands, uint32_t line);
/// Puts `id` before the instruction at `position` of a block.
void insert_at(IR &ir, uint32_t block, size_t position, uint32_t id);
/// Puts `id` right before or behind `where`, which stands in a block.
void insert_before(IR &ir, uint32_t where, uint32_t id);
void insert_behind(IR &ir, uint32_t where, uint32_t id);
uint32_t new_block(IR &ir);
/// Moves what follows instruction `id` of `block` to a new block, which gets the successors; `id` itself is
/// dropped.
uint32_t split_block(IR &ir, uint32_t block, uint32_t id);

/// Turns an instruction into a Nop that the next sweep removes.
void erase(IR &ir, uint32_t id);
/// Drops erased instructions from the blocks' lists.
void sweep(IR &ir);

// --- Control flow -----------------------------------------------------------------------------------------
void add_edge_between(IR &ir, uint32_t from, uint32_t to);
/// Removes one edge, with the operands that phis of `to` have for it.
void remove_edge(IR &ir, uint32_t from, uint32_t to);
/// Ends a block in a jump to its `keep`th successor; the other edges go away.
void make_goto(IR &ir, uint32_t block, size_t keep);
/// Ends a block after the instruction at `position`, which never returns.
void cut_block(IR &ir, uint32_t block, size_t position);
/// Empties blocks that cannot be reached, with their edges. True when there were any.
bool remove_unreachable(IR &ir);
/// Blocks in reverse postorder, fallthrough first.
GcVector<uint32_t> reverse_postorder(const IR &ir);

struct Dominators {
  GcVector<uint32_t> order;  // reverse postorder
  GcVector<uint32_t> number; // block -> position in order, kNone when unreachable
  GcVector<uint32_t> idom;   // block -> its immediate dominator
  bool dominates(uint32_t a, uint32_t b) const;
};
Dominators compute_dominators(const IR &ir);

// --- Replacing --------------------------------------------------------------------------------------------
/// Values to put in the place of others, applied all at once (chains are followed). The place of a value that
/// nothing defines (None, which only phis hold) takes a phi's None, elsewhere `nothing`: such code does not
/// run.
struct Replacements {
  GcVector<Operand> map; // by instruction id; None: stays, unless undefined
  GcVector<char> undefined;
  explicit Replacements(const IR &ir) : map(ir.insts.size()), undefined(ir.insts.size()) {}
  void set(uint32_t id, Operand to) {
    if (id >= map.size()) {
      map.resize(id + 1);
      undefined.resize(id + 1);
    }
    map[id] = to;
    undefined[id] = to.kind() == Operand::Kind::None;
  }
  bool replaces(uint32_t id) const {
    return id < map.size() && (map[id].kind() != Operand::Kind::None || undefined[id]);
  }
  Operand resolve(Operand o) const {
    while (is_ssa(o) && replaces(o.index()))
      o = map[o.index()];
    return o;
  }
  void apply(IR &ir) const;
};

/// The value behind pis.
Operand strip_pis(const IR &ir, Operand o);

/// Fills ir.lines with the statements' positions, relative to the first line of `instance`. What a macro of
/// another file brought along stands where the macro was called: a line of that file means nothing relative
/// to this method.
void copy_lines(IR &ir, const CodeInfo &code, const MethodInstance *instance);

} // namespace jl::inference
