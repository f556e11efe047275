// SPDX-License-Identifier: MIT
// The invariants of ir.h, checked: for builds with assertions.
#include <algorithm>
#include <cstdio>

#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

class Verifier {
public:
  Verifier(const IR &ir, const char *after) : ir_(ir), after_(after), dominators_(compute_dominators(ir)) {}

  bool run() {
    position_.assign(ir_.insts.size(), 0);
    for (uint32_t b : dominators_.order)
      for (uint32_t i = 0; i < ir_.blocks[b].insts.size(); i++)
        position_[ir_.blocks[b].insts[i]] = i + 1;
    for (uint32_t b : dominators_.order)
      check_block(b);
    return good_;
  }

private:
  void fail(uint32_t block, uint32_t id, const char *what) {
    std::fprintf(stderr, "infer: after %s: block %u, instruction %u (%s): %s\n", after_, block, id,
                 std::string(op_name(ir_.at(id).op)).c_str(), what);
    good_ = false;
  }

  void check_block(uint32_t b) {
    const BlockData &block = ir_.blocks[b];
    for (uint32_t s : block.succs)
      if (std::count(ir_.blocks[s].preds.begin(), ir_.blocks[s].preds.end(), b) !=
          std::count(block.succs.begin(), block.succs.end(), s))
        fail(b, block.insts.back(), "successor does not know it as predecessor");
    bool phis_over = false;
    for (uint32_t id : block.insts) {
      const Inst &inst = ir_.at(id);
      if (inst.op == Op::Nop)
        continue;
      if (inst.block != b)
        fail(b, id, "belongs to another block");
      if (inst.op == Op::Phi && phis_over)
        fail(b, id, "phi behind other instructions");
      phis_over |= inst.op != Op::Phi;
      if (inst.op == Op::Phi && inst.count != block.preds.size())
        fail(b, id, "operands are not parallel to predecessors");
      check_operands(b, id, inst);
    }
    check_end(b, block);
  }

  void check_end(uint32_t b, const BlockData &block) {
    const Inst &last = ir_.at(block.insts.back());
    size_t expected = last.op == Op::Goto ? 1 : last.op == Op::GotoIfNot || last.op == Op::Enter ? 2 : 0;
    if (is_bottom(last.lat) && block.succs.empty())
      return;
    if (!is_terminator(last.op) || block.succs.size() != expected)
      fail(b, block.insts.back(), "block does not end as it should");
  }

  void check_operands(uint32_t b, uint32_t id, const Inst &inst) {
    std::span<const Operand> args = ir_.args(inst);
    for (size_t k = 0; k < args.size(); k++) {
      if (!is_ssa(args[k]))
        continue;
      uint32_t def = args[k].index();
      bool phi = inst.op == Op::Phi;
      uint32_t where = phi && k < ir_.blocks[b].preds.size() ? ir_.blocks[b].preds[k] : b;
      if (!position_[def])
        fail(b, id, "uses an instruction that is in no block");
      else if (ir_.at(def).block == b && !phi ? position_[def] >= position_[id]
                                              : !dominators_.dominates(ir_.at(def).block, where))
        fail(b, id, "uses a value that does not dominate it");
    }
  }

  const IR &ir_;
  const char *after_;
  Dominators dominators_;
  GcVector<uint32_t> position_;
  bool good_ = true;
};

} // namespace

bool verify_ir(const IR &ir, const char *after) {
  return Verifier(ir, after).run();
}

} // namespace jl::inference
