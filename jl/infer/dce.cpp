// SPDX-License-Identifier: MIT
// Dead code and common subexpressions.
#include <map>

#include "jl/infer/optimize.h"

namespace jl::inference {

static bool is_removable(const Inst &inst) {
  switch (inst.op) {
  case Op::Phi:
  case Op::Pi:
  case Op::Boundscheck:
  case Op::IsDefined:
    return true;
  case Op::Copy:
  case Op::Call:
  case Op::Invoke:
  case Op::New:
  case Op::SplatNew:
  case Op::CopyAst:
    return inst.dest == kNoSlot && (inst.effects & kEffectFree) && (inst.effects & kNothrow) &&
           ((inst.effects & kTerminates) || inst.op != Op::Invoke) && !is_bottom(inst.lat);
  default:
    return false;
  }
}

// Marks from what must stay; so phis that only feed one another go too.
bool remove_dead(IR &ir) {
  GcVector<char> live(ir.insts.size());
  GcVector<uint32_t> work;
  auto mark = [&](uint32_t id) {
    if (!live[id]) {
      live[id] = 1;
      work.push_back(id);
    }
  };
  for (const BlockData &block : ir.blocks)
    for (uint32_t id : block.insts)
      if (!is_removable(ir.at(id)) || ir.at(id).dest != kNoSlot)
        mark(id);
  while (!work.empty()) {
    uint32_t id = work.back();
    work.pop_back();
    for (Operand o : ir.args(ir.at(id)))
      if (is_ssa(o))
        mark(o.index());
  }
  bool changed = false;
  for (const BlockData &block : ir.blocks)
    for (uint32_t id : block.insts)
      if (!live[id] && ir.at(id).op != Op::Nop) {
        erase(ir, id);
        changed = true;
      }
  if (changed)
    sweep(ir);
  return changed;
}

static bool is_pure(const Inst &inst) {
  if (inst.op == Op::Phi)
    return inst.dest == kNoSlot; // equal phis of one block are one
  if (inst.dest != kNoSlot || is_bottom(inst.lat))
    return false;
  if (inst.op == Op::Pi)
    return true;
  return (inst.op == Op::Call || inst.op == Op::New) && (inst.effects & kConsistent) &&
         (inst.effects & kEffectFree);
}

// What dominates has run, and thrown if it had to: equal computations below it are it.
bool number_values(IR &ir) {
  using Key = std::vector<uint32_t>;
  std::map<Key, GcVector<uint32_t>, std::less<Key>, GcAllocator<std::pair<const Key, GcVector<uint32_t>>>>
      known;
  Dominators dominators = compute_dominators(ir);
  Replacements replacements(ir);
  bool changed = false;
  for (uint32_t b : dominators.order)
    for (uint32_t id : ir.blocks[b].insts) {
      const Inst &inst = ir.at(id);
      if (!is_pure(inst))
        continue;
      Key key{uint32_t(inst.op), inst.op == Op::Phi ? b : 0};
      for (Operand o : ir.args(inst))
        key.push_back(replacements.resolve(o).bits);
      auto &earlier = known[key];
      bool found = false;
      for (uint32_t other : earlier)
        if (same(ir.at(other).lat, inst.lat) && dominators.dominates(ir.at(other).block, b)) {
          replacements.set(id, ssa(other));
          changed = found = true;
          break;
        }
      if (!found)
        earlier.push_back(id);
    }
  if (!changed)
    return false;
  for (uint32_t b : dominators.order)
    for (uint32_t id : ir.blocks[b].insts)
      if (replacements.replaces(id))
        erase(ir, id);
  replacements.apply(ir);
  sweep(ir);
  return true;
}

} // namespace jl::inference
