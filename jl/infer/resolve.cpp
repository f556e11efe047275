// SPDX-License-Identifier: MIT
// From inference's findings to IR: constants in place of what was found constant, unreachable code gone,
// splats and invokes spelled out as plain calls.
#include <algorithm>

#include "jl/infer/optimize.h"
#include "jl/runtime/values.h"

namespace jl::inference {

namespace {

class Resolver {
public:
  Resolver(Frame &frame, IR &ir) : frame_(frame), ir_(ir), replacements_(ir) {}

  void run() {
    prune();
    for (uint32_t b : reverse_postorder(ir_)) {
      GcVector<uint32_t> insts = ir_.blocks[b].insts;
      for (uint32_t id : insts)
        resolve(id);
    }
    replacements_.apply(ir_);
    sweep(ir_);
  }

private:
  /// Cuts blocks where inference found that control ends, and edges that it found never taken.
  void prune() {
    for (uint32_t b = 0; b < ir_.blocks.size(); b++) {
      if (!frame_.executable[b])
        continue;
      for (size_t i = 0; i < ir_.blocks[b].insts.size(); i++) {
        const Inst &inst = ir_.at(ir_.blocks[b].insts[i]);
        if (inst.op != Op::Phi && is_bottom(inst.lat)) {
          cut_block(ir_, b, i);
          break;
        }
      }
      if (!ir_.blocks[b].insts.empty())
        fold_branch(b);
    }
    remove_unreachable(ir_);
  }

  void fold_branch(uint32_t b) {
    Inst &last = ir_.at(ir_.blocks[b].insts.back());
    if (last.op != Op::GotoIfNot || ir_.blocks[b].succs.empty())
      return;
    Lat condition = lat_of(ir_, ir_.args(last)[0]);
    if (is_const_bool(condition, true))
      make_goto(ir_, b, 0);
    else if (is_const_bool(condition, false))
      make_goto(ir_, b, 1);
    else if (never_isa(condition, types::Bool)) {
      last.lat = bottom(); // a TypeError
      cut_block(ir_, b, ir_.blocks[b].insts.size() - 1);
    }
  }

  static bool has_value(Op op) {
    return !is_terminator(op) && op != Op::ThrowUndefIfNot && op != Op::NewVar && op != Op::Leave &&
           op != Op::PopException && op != Op::LoopInfo && op != Op::GlobalSet && op != Op::Define &&
           op != Op::Boundscheck;
  }

  void resolve(uint32_t id) {
    // What was replaced is erased: nothing may be asked about it any more.
    for (Operand &o : ir_.args(ir_.at(id)))
      o = replacements_.resolve(o);
    Inst &inst = ir_.at(id);
    if (has_value(inst.op) && inst.lat.constant) {
      Operand value = constant_operand(ir_, inst.lat.constant);
      replacements_.set(id, value);
      if ((inst.effects & kRemovable) != kRemovable)
        return expand(id);
      if (inst.dest == kNoSlot)
        return erase(ir_, id);
      make_copy(inst, value);
      return;
    }
    switch (inst.op) {
    case Op::Pi:
      return resolve_pi(id);
    case Op::Copy:
      return resolve_copy(id);
    case Op::ThrowUndefIfNot:
      if (is_const_bool(lat_of(ir_, ir_.args(inst)[1]), true))
        erase(ir_, id);
      return;
    default:
      return expand(id);
    }
  }

  void make_copy(Inst &inst, Operand value) {
    inst.op = Op::Copy;
    inst.call = nullptr;
    inst.effects = kAllEffects;
    set_operands(ir_, inst, {&value, 1});
  }

  void resolve_pi(uint32_t id) {
    Inst &inst = ir_.at(id);
    Operand source = ir_.args(inst)[0];
    inst.count = 1; // the condition has served
    if (same(inst.lat, lat_of(ir_, source)))
      replace(id, source);
  }

  void resolve_copy(uint32_t id) {
    const Inst &inst = ir_.at(id);
    Operand source = ir_.args(inst)[0];
    bool value = is_ssa(source) || source.kind() == Operand::Kind::Argument ||
                 source.kind() == Operand::Kind::Constant;
    if (value && inst.dest == kNoSlot)
      replace(id, source);
  }

  void replace(uint32_t id, Operand by) {
    replacements_.set(id, by);
    erase(ir_, id);
  }

  void expand(uint32_t id) {
    Inst &inst = ir_.at(id);
    if (inst.op != Op::Call || !inst.call)
      return;
    if (inst.call->is_invoke)
      expand_invoke(inst);
    else if (inst.call->is_apply)
      expand_apply(id);
  }

  void expand_invoke(Inst &inst) {
    std::span<Operand> args = ir_.args(inst);
    GcVector<Operand> operands{args[1]};
    operands.insert(operands.end(), args.begin() + 3, args.end());
    set_operands(ir_, inst, operands);
  }

  /// f(fixed..., collection[1], collection[2], ...) for collections of known length.
  void expand_apply(uint32_t id) {
    GcVector<Operand> args(ir_.args(ir_.at(id)).begin(), ir_.args(ir_.at(id)).end());
    GcVector<Operand> operands{args[2]};
    for (size_t i = 3; i < args.size(); i++)
      append_elements(id, args[i], operands);
    Inst &inst = ir_.at(id);
    if (operands.size() != inst.call->args.size())
      return;
    set_operands(ir_, inst, operands);
    inst.call->is_apply = false;
    if (inst.call->targets.empty())
      inst.call = nullptr; // a builtin
  }

  void append_elements(uint32_t id, Operand collection, GcVector<Operand> &operands) {
    Lat lat = lat_of(ir_, collection);
    if (lat.constant && type_of(lat.constant) == types::SimpleVector_) {
      auto *svec = static_cast<SimpleVector *>(lat.constant);
      for (size_t i = 0; i < svec->length; i++)
        operands.push_back(constant_operand(ir_, svec->data[i]));
      return;
    }
    int64_t n = field_count(lat.type);
    for (int64_t i = 0; i < n; i++) {
      Lat field = field_of(lat, size_t(i));
      operands.push_back(field.constant ? constant_operand(ir_, field.constant)
                                        : get_field(id, collection, i, field));
    }
  }

  Operand get_field(uint32_t before, Operand object, int64_t i, const Lat &lat) {
    Operand args[] = {constant_operand(ir_, builtin_value(Builtin::getfield)), object,
                      constant_operand(ir_, box_int64(i + 1))};
    uint32_t get = new_inst(ir_, Op::Call, args, ir_.at(before).line);
    ir_.at(get).lat = lat;
    ir_.at(get).effects = kAllEffects;
    insert_before(ir_, before, get);
    return ssa(get);
  }

  Frame &frame_;
  IR &ir_;
  Replacements replacements_;
};

} // namespace

void resolve_calls(Frame &frame, IR &ir) {
  Resolver(frame, ir).run();
}

} // namespace jl::inference
