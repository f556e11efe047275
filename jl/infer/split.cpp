// SPDX-License-Identifier: MIT
// Union splitting: a call f(x::Union{A,B}) becomes `isa(x, A) ? f(π(x, A)) : f(π(x, B))`. Likewise one of
// abstract arguments that may reach a few methods for concrete ones: a test for each, and what passes none is
// left to dispatch, which throws.

#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

class Splitter {
public:
  Splitter(IR &ir, uint32_t id) : ir_(ir), id_(id), call_(ir.at(id)), info_(ir.at(id).call) {
    args_.assign(ir.args(call_).begin(), ir.args(call_).end());
  }

  /// Returns what stands for the call's value.
  Operand run() {
    uint32_t block = call_.block;
    tail_ = split_block(ir_, block, id_);
    uint32_t test = block;
    for (size_t k = 0; k < info_->targets.size(); k++) {
      uint32_t body = k + 1 < info_->targets.size() ? branch(test, info_->targets[k]) : test;
      add_call(body, info_->targets[k]);
    }
    return merge();
  }

private:
  bool is_split(size_t i, const CallTarget &target) const {
    return !is_subtype(info_->args[i].type, target.types[i]);
  }

  /// Tests for one combination; `test` becomes the block where the next one is tested. Returns the block
  /// where it holds.
  uint32_t branch(uint32_t &test, const CallTarget &target) {
    uint32_t miss = new_block(ir_);
    for (size_t i = 0; i < args_.size(); i++) {
      if (!is_split(i, target))
        continue;
      Operand operands[] = {constant_operand(ir_, builtin_value(Builtin::isa)), args_[i],
                            constant_operand(ir_, target.types[i])};
      Operand condition = ssa(append(ir_, test, Op::Call, operands, call_.line));
      ir_.at(condition.index()).lat = lat_type(types::Bool);
      ir_.at(condition.index()).effects = kAllEffects;
      uint32_t jump = append(ir_, test, Op::GotoIfNot, {&condition, 1}, call_.line);
      ir_.at(jump).lat = any();
      ir_.at(jump).effects = kAllEffects;
      uint32_t hit = new_block(ir_);
      add_edge_between(ir_, test, hit);
      add_edge_between(ir_, test, miss);
      test = hit;
    }
    uint32_t body = test;
    test = miss;
    return body;
  }

  void add_call(uint32_t block, const CallTarget &target) {
    GcVector<Operand> operands = args_;
    auto *info = gc_new<CallInfo>();
    for (size_t i = 0; i < args_.size(); i++) {
      Lat lat = lat_of(ir_, args_[i]);
      if (is_split(i, target)) {
        lat = lat_type(target.types[i]);
        operands[i] = lat.constant ? constant_operand(ir_, lat.constant) : pi(block, args_[i], lat);
      }
      info->args.push_back(lat);
    }
    Operand value;
    if (target.instance && target.result.constant && (target.effects & kRemovable) == kRemovable) {
      value = constant_operand(ir_, target.result.constant);
    } else {
      uint32_t id = append(ir_, block, Op::Call, operands, call_.line);
      Inst &inst = ir_.at(id);
      inst.flags = call_.flags;
      inst.lat = target.result;
      inst.effects = target.effects;
      if (target.instance) {
        info->targets.push_back(target);
        info->resolved = true;
        inst.call = info;
      }
      if (is_bottom(target.result))
        return;
      value = target.result.constant ? constant_operand(ir_, target.result.constant) : ssa(id);
    }
    uint32_t jump = append(ir_, block, Op::Goto, {}, call_.line);
    ir_.at(jump).lat = any();
    ir_.at(jump).effects = kAllEffects;
    add_edge_between(ir_, block, tail_);
    values_.push_back(value);
  }

  Operand pi(uint32_t block, Operand source, const Lat &lat) {
    uint32_t id = append(ir_, block, Op::Pi, {&source, 1}, call_.line);
    ir_.at(id).lat = lat;
    ir_.at(id).effects = kAllEffects;
    return ssa(id);
  }

  Operand merge() {
    if (values_.empty())
      return Operand();
    Operand value = values_[0];
    if (values_.size() > 1) {
      uint32_t phi = new_inst(ir_, Op::Phi, values_, call_.line);
      ir_.at(phi).lat = call_.lat;
      ir_.at(phi).effects = kAllEffects;
      insert_at(ir_, tail_, 0, phi);
      value = ssa(phi);
    }
    if (call_.dest != kNoSlot) {
      uint32_t copy = new_inst(ir_, Op::Copy, {&value, 1}, call_.line);
      ir_.at(copy).dest = call_.dest;
      ir_.at(copy).lat = call_.lat;
      ir_.at(copy).effects = kAllEffects;
      insert_at(ir_, tail_, values_.size() > 1, copy);
    }
    return value;
  }

  IR &ir_;
  uint32_t id_, tail_ = 0;
  Inst call_;
  CallInfo *info_;
  GcVector<Operand> args_, values_;
};

} // namespace

void expand_union_splits(IR &ir) {
  GcVector<uint32_t> calls;
  for (uint32_t b : reverse_postorder(ir))
    for (uint32_t id : ir.blocks[b].insts) {
      const Inst &inst = ir.at(id);
      if (inst.op == Op::Call && inst.call && inst.call->split && inst.call->resolved &&
          inst.call->args.size() == inst.count)
        calls.push_back(id);
    }
  Replacements replacements(ir);
  for (uint32_t id : calls) {
    Operand value = Splitter(ir, id).run();
    if (value.kind() != Operand::Kind::None)
      replacements.set(id, value);
  }
  if (calls.empty())
    return;
  replacements.apply(ir);
  remove_unreachable(ir);
}

} // namespace jl::inference
