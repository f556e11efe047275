// SPDX-License-Identifier: MIT
// Control flow clean-up: chains of blocks, empty blocks, trivial phis, and branches on a phi of constants.
#include <algorithm>

#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

Op last_op(const IR &ir, uint32_t b) {
  return ir.blocks[b].insts.empty() ? Op::Nop : ir.at(ir.blocks[b].insts.back()).op;
}

bool has_phis(const IR &ir, uint32_t b) {
  return !ir.blocks[b].insts.empty() && ir.at(ir.blocks[b].insts.front()).op == Op::Phi;
}

/// Joins `b` with its only successor when that has no other way in.
bool merge_chain(IR &ir, uint32_t b, Replacements &replacements) {
  if (last_op(ir, b) != Op::Goto)
    return false;
  uint32_t next = ir.blocks[b].succs[0];
  if (next == b || next == 0 || ir.blocks[next].preds.size() != 1)
    return false;
  auto &insts = ir.blocks[b].insts;
  erase(ir, insts.back());
  insts.pop_back();
  for (uint32_t id : ir.blocks[next].insts) {
    Inst &inst = ir.at(id);
    if (inst.op == Op::Phi) {
      replacements.set(id, ir.args(inst)[0]);
      erase(ir, id);
      continue;
    }
    inst.block = b;
    insts.push_back(id);
  }
  ir.blocks[b].succs = std::move(ir.blocks[next].succs);
  ir.blocks[next] = BlockData();
  for (uint32_t s : ir.blocks[b].succs)
    std::replace(ir.blocks[s].preds.begin(), ir.blocks[s].preds.end(), next, b);
  return true;
}

bool contains(const GcVector<uint32_t> &list, uint32_t x) {
  return std::find(list.begin(), list.end(), x) != list.end();
}

/// A block with nothing but a jump: its predecessors go straight on, unless they do so already on another
/// edge.
bool skip_empty(IR &ir, uint32_t b) {
  if (b == 0 || ir.blocks[b].insts.size() != 1 || last_op(ir, b) != Op::Goto)
    return false;
  uint32_t to = ir.blocks[b].succs[0];
  if (to == b || ir.blocks[b].preds.empty())
    return false;
  for (uint32_t p : ir.blocks[b].preds)
    if (contains(ir.blocks[to].preds, p) || contains(ir.blocks[p].succs, to) || last_op(ir, p) == Op::Enter)
      return false;
  GcVector<uint32_t> preds = ir.blocks[b].preds;
  auto &to_preds = ir.blocks[to].preds;
  size_t k = size_t(std::find(to_preds.begin(), to_preds.end(), b) - to_preds.begin());
  to_preds[k] = preds[0];
  to_preds.insert(to_preds.end(), preds.begin() + 1, preds.end());
  for (uint32_t id : ir.blocks[to].insts) {
    Inst &inst = ir.at(id);
    if (inst.op != Op::Phi)
      continue;
    GcVector<Operand> args(ir.args(inst).begin(), ir.args(inst).end());
    args.insert(args.end(), preds.size() - 1, args[k]);
    set_operands(ir, inst, args);
  }
  for (uint32_t p : preds)
    std::replace(ir.blocks[p].succs.begin(), ir.blocks[p].succs.end(), b, to);
  erase(ir, ir.blocks[b].insts[0]);
  ir.blocks[b] = BlockData();
  return true;
}

// --- Jump threading ---------------------------------------------------------------------------------------

/// A block of phis that branches on one of them, every value of which is a constant: each predecessor knows
/// where it goes.
class Threader {
public:
  Threader(IR &ir, uint32_t block) : ir_(ir), block_(block) {}

  bool run(const Dominators &dominators) {
    if (!applies())
      return false;
    for (int side = 0; side < 2; side++) {
      targets_[side] = ir_.blocks[block_].succs[side];
      owns_[side] = dominators.dominates(block_, targets_[side]);
    }
    for (uint32_t b : dominators.order)
      for (uint32_t id : ir_.blocks[b].insts)
        if (!collect_uses(dominators, b, id))
          return false;
    for (int side = 0; side < 2; side++)
      if (owns_[side] && !collect_other_ways(dominators, side))
        return false;
    thread();
    return true;
  }

private:
  bool applies() {
    const BlockData &data = ir_.blocks[block_];
    if (block_ == 0 || data.succs.size() != 2 || data.succs[0] == data.succs[1] ||
        last_op(ir_, block_) != Op::GotoIfNot)
      return false;
    for (size_t i = 0; i + 1 < data.insts.size(); i++) {
      if (ir_.at(data.insts[i]).op != Op::Phi)
        return false;
      phis_.push_back(data.insts[i]);
    }
    Operand condition = ir_.args(ir_.at(data.insts.back()))[0];
    if (!is_phi_of_block(condition))
      return false;
    conditions_.assign(ir_.args(ir_.at(condition.index())).begin(),
                       ir_.args(ir_.at(condition.index())).end());
    for (Operand o : conditions_)
      if (o.kind() != Operand::Kind::Constant || lat_of(ir_, o).type != types::Bool)
        return false;
    for (uint32_t s : data.succs)
      if (s == block_ || s == 0)
        return false;
    for (size_t k = 0; k < data.preds.size(); k++) {
      uint32_t p = data.preds[k], to = data.succs[goes_to(k)];
      bool plain = last_op(ir_, p) == Op::Goto || last_op(ir_, p) == Op::GotoIfNot;
      if (!plain || p == block_ || contains(ir_.blocks[p].succs, to))
        return false;
    }
    return true;
  }

  bool is_phi_of_block(Operand o) const {
    return is_ssa(o) && ir_.at(o.index()).block == block_ && ir_.at(o.index()).op == Op::Phi;
  }

  size_t goes_to(size_t pred) const { return is_const_bool(lat_of(ir_, conditions_[pred]), true) ? 0 : 1; }

  /// Every use of a phi must lie under one of the targets (where it gets a phi of its own), or be a target's
  /// phi on the edge from here.
  bool collect_uses(const Dominators &dominators, uint32_t b, uint32_t id) {
    const Inst &inst = ir_.at(id);
    std::span<const Operand> args = ir_.args(inst);
    for (size_t k = 0; k < args.size(); k++) {
      if (!is_phi_of_block(args[k]) || (b == block_ && inst.op != Op::Phi))
        continue; // not ours, or the branch itself
      uint32_t where = inst.op == Op::Phi ? ir_.blocks[b].preds[k] : b;
      if (where == block_)
        continue;
      int side = side_of(dominators, where);
      if (side < 0)
        return false;
      uses_.push_back({id, uint32_t(k), uint32_t(side)});
    }
    return true;
  }

  /// Under which target a block lies, or -1.
  int side_of(const Dominators &dominators, uint32_t where) const {
    for (int side = 0; side < 2; side++)
      if (owns_[side] && dominators.dominates(targets_[side], where))
        return side;
    return -1;
  }

  /// A target with other ways in (a loop header, or where both sides meet) needs to know whose phis come in
  /// there.
  bool collect_other_ways(const Dominators &dominators, int side) {
    for (uint32_t pred : ir_.blocks[targets_[side]].preds) {
      if (pred == block_)
        continue;
      int from = side_of(dominators, pred);
      if (from < 0)
        return false;
      other_ways_[side].push_back(uint32_t(from));
    }
    return true;
  }

  void thread() {
    GcVector<uint32_t> copies[2];
    for (auto &side : copies)
      for (uint32_t phi : phis_) {
        uint32_t copy = new_inst(ir_, Op::Phi, {}, ir_.at(phi).line);
        ir_.at(copy).lat = ir_.at(phi).lat;
        ir_.at(copy).effects = kAllEffects;
        side.push_back(copy);
      }
    // First the uses, those by the block's own phis round a loop among them: what follows takes them over as
    // they are then.
    for (auto &use : uses_) {
      Operand &o = ir_.args(ir_.at(use.inst))[use.operand];
      o = ssa(copies[use.side][phi_index(o)]);
    }
    GcVector<uint32_t> preds = ir_.blocks[block_].preds;
    for (size_t side = 0; side < 2; side++) {
      GcVector<size_t> chosen;
      for (size_t k = 0; k < preds.size(); k++)
        if (goes_to(k) == side)
          chosen.push_back(k);
      redirect(side, preds, chosen, copies);
    }
    for (uint32_t id : ir_.blocks[block_].insts)
      erase(ir_, id);
    ir_.blocks[block_] = BlockData();
  }

  size_t phi_index(Operand o) const {
    return size_t(std::find(phis_.begin(), phis_.end(), o.index()) - phis_.begin());
  }

  /// Puts the chosen predecessors in the place of the block before `target`.
  void redirect(size_t side, const GcVector<uint32_t> &preds, const GcVector<size_t> &chosen,
                const GcVector<uint32_t> (&copies)[2]) {
    uint32_t target = targets_[side];
    auto &before = ir_.blocks[target].preds;
    size_t edge = size_t(std::find(before.begin(), before.end(), block_) - before.begin());
    for (uint32_t id : ir_.blocks[target].insts)
      if (ir_.at(id).op == Op::Phi)
        extend_phi(id, edge, chosen);
    before.erase(before.begin() + long(edge));
    for (size_t k : chosen) {
      before.push_back(preds[k]);
      std::replace(ir_.blocks[preds[k]].succs.begin(), ir_.blocks[preds[k]].succs.end(), block_, target);
    }
    for (size_t i = owns_[side] ? phis_.size() : 0; i-- > 0;) {
      GcVector<Operand> args;
      for (uint32_t from : other_ways_[side])
        args.push_back(ssa(copies[from][i]));
      for (size_t k : chosen)
        args.push_back(ir_.args(ir_.at(phis_[i]))[k]);
      set_operands(ir_, ir_.at(copies[side][i]), args);
      insert_at(ir_, target, 0, copies[side][i]);
    }
  }

  void extend_phi(uint32_t id, size_t edge, const GcVector<size_t> &chosen) {
    GcVector<Operand> args(ir_.args(ir_.at(id)).begin(), ir_.args(ir_.at(id)).end());
    Operand value = args[edge];
    args.erase(args.begin() + long(edge));
    for (size_t k : chosen)
      args.push_back(is_phi_of_block(value) ? ir_.args(ir_.at(value.index()))[k] : value);
    set_operands(ir_, ir_.at(id), args);
  }

  struct Use {
    uint32_t inst, operand, side;
  };
  IR &ir_;
  uint32_t block_;
  uint32_t targets_[2] = {0, 0};
  bool owns_[2] = {false, false};
  GcVector<uint32_t> phis_;
  GcVector<Operand> conditions_;
  GcVector<Use> uses_;
  GcVector<uint32_t>
      other_ways_[2]; // by predecessor of an owned target, this block left out: the side it lies under
};

} // namespace

bool simplify_cfg(IR &ir) {
  bool changed = remove_unreachable(ir), any = changed;
  do {
    changed = false;
    Replacements replacements(ir);
    for (uint32_t b : reverse_postorder(ir)) {
      if (ir.blocks[b].insts.empty())
        continue;
      while (merge_chain(ir, b, replacements))
        changed = true;
    }
    replacements.apply(ir);
    for (uint32_t b : reverse_postorder(ir))
      if (!ir.blocks[b].insts.empty() && !has_phis(ir, b))
        changed |= skip_empty(ir, b);
    any |= changed;
  } while (changed);
  sweep(ir);
  return any;
}

bool thread_jumps(IR &ir) {
  bool changed = false;
  for (uint32_t b = 0; b < ir.blocks.size(); b++) {
    if (last_op(ir, b) != Op::GotoIfNot)
      continue;
    Dominators dominators = compute_dominators(ir);
    if (dominators.number[b] != kNone)
      changed |= Threader(ir, b).run(dominators);
  }
  if (changed)
    remove_unreachable(ir);
  return changed;
}

} // namespace jl::inference
