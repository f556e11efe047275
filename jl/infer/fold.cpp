// SPDX-License-Identifier: MIT
// Folding over what inlining made visible: the transfer functions once more, with narrower arguments.
#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

class Folder {
public:
  Folder(Task *task, IR &ir) : task_(task), ir_(ir), replacements_(ir) {}

  bool run() {
    for (uint32_t b : reverse_postorder(ir_)) {
      if (ir_.blocks[b].insts.empty())
        continue;
      for (size_t i = 0; i < ir_.blocks[b].insts.size(); i++) {
        uint32_t id = ir_.blocks[b].insts[i];
        for (Operand &o : ir_.args(ir_.at(id)))
          o = replacements_.resolve(o);
        visit(id);
        if (never_returns(ir_.at(id)) && cut(b, i))
          break;
      }
      fold_branch(b);
    }
    if (changed_) {
      replacements_.apply(ir_);
      sweep(ir_);
      remove_unreachable(ir_);
    }
    return changed_;
  }

private:
  static bool never_returns(const Inst &inst) {
    return inst.op != Op::Phi && inst.op != Op::Nop && !is_terminator(inst.op) && is_bottom(inst.lat);
  }

  bool cut(uint32_t b, size_t i) {
    if (i + 1 == ir_.blocks[b].insts.size() && ir_.blocks[b].succs.empty())
      return true;
    cut_block(ir_, b, i);
    changed_ = true;
    return true;
  }

  void fold_branch(uint32_t b) {
    if (ir_.blocks[b].insts.empty())
      return;
    Inst &last = ir_.at(ir_.blocks[b].insts.back());
    if (last.op != Op::GotoIfNot || ir_.blocks[b].succs.size() != 2)
      return;
    Lat condition = lat_of(ir_, ir_.args(last)[0]);
    if (condition.constant && condition.type == types::Bool) {
      make_goto(ir_, b, is_const_bool(condition, true) ? 0 : 1);
      changed_ = true;
    }
  }

  void replace(uint32_t id, Operand by) {
    Inst &inst = ir_.at(id);
    replacements_.set(id, by);
    changed_ = true;
    if (inst.dest == kNoSlot)
      return erase(ir_, id);
    inst.op = Op::Copy;
    inst.effects = kAllEffects;
    set_operands(ir_, inst, {&by, 1});
  }

  void visit(uint32_t id) {
    switch (ir_.at(id).op) {
    case Op::Call:
      return call(id);
    case Op::New:
    case Op::SplatNew:
      return update(id, ir_.at(id).op == Op::New ? transfer_new(lats(id)) : transfer_splat_new(lats(id)));
    case Op::Phi:
      return phi(id);
    case Op::Pi:
      return pi(id);
    case Op::Copy:
      return copy(id);
    case Op::ThrowUndefIfNot:
      return throw_undef(id);
    default:
      return;
    }
  }

  GcVector<Lat> lats(uint32_t id) {
    GcVector<Lat> result;
    for (Operand o : ir_.args(ir_.at(id)))
      result.push_back(lat_of(ir_, o));
    return result;
  }

  /// Keeps the narrower of what was known and what the transfer says now.
  void update(uint32_t id, Transfer t) {
    Inst &inst = ir_.at(id);
    inst.effects |= t.effects;
    if (!same(t.lat, inst.lat) && below(t.lat, inst.lat)) {
      changed_ |= t.lat.type != inst.lat.type;
      inst.lat = t.lat;
    }
    if (!inst.lat.constant || is_bottom(inst.lat))
      return;
    if ((inst.effects & kRemovable) == kRemovable)
      return replace(id, constant_operand(ir_, inst.lat.constant));
    Operand constant = constant_operand(ir_, inst.lat.constant);
    replacements_.set(id, constant);
  }

  void call(uint32_t id) {
    std::span<Operand> args = ir_.args(ir_.at(id));
    Lat callee = lat_of(ir_, args[0]);
    if (!callee.constant)
      return;
    GcVector<Lat> all = lats(id);
    Lats rest = Lats(all).subspan(1);
    if (type_of(callee.constant) == types::IntrinsicFunction)
      return update(id, transfer_intrinsic(task_, intrinsic_of(callee.constant), rest));
    Builtin b = builtin_of(callee.constant);
    if (b == Builtin::kCount || b == Builtin::apply_iterate || b == Builtin::invoke ||
        b == Builtin::getglobal)
      return;
    if (b == Builtin::getfield && rest.size() > 0 && rest[0].type == types::Module_)
      return;
    Operand same_as = identity(b, args);
    if (same_as.kind() != Operand::Kind::None)
      return replace(id, same_as);
    update(id, transfer_builtin(task_, b, rest));
  }

  /// The argument that a builtin returns unchanged, if it is clear which.
  Operand identity(Builtin b, std::span<const Operand> args) {
    if (b == Builtin::ifelse && args.size() == 4) {
      Lat condition = lat_of(ir_, args[1]);
      if (is_const_bool(condition, true) || (condition.type == types::Bool && args[2] == args[3]))
        return args[2];
      if (is_const_bool(condition, false))
        return args[3];
    }
    if (b == Builtin::typeassert && args.size() == 3) {
      Value *type = exact_type_value(lat_of(ir_, args[2]));
      if (type && surely_isa(lat_of(ir_, args[1]), type))
        return args[1];
    }
    if (b == Builtin::egal && args.size() == 3 && args[1] == args[2])
      return constant_operand(ir_, lat_bool(true).constant);
    return Operand();
  }

  void phi(uint32_t id) {
    Inst &inst = ir_.at(id);
    Operand only;
    bool trivial = true;
    Lat all = bottom();
    for (Operand o : ir_.args(inst)) {
      o = replacements_.resolve(o);
      if (o.kind() == Operand::Kind::None || o == ssa(id))
        continue;
      trivial &= only.kind() == Operand::Kind::None || only == o;
      only = o;
      all = join(all, lat_of(ir_, o));
    }
    bool partly_undefined = false;
    for (Operand o : ir_.args(inst))
      partly_undefined |= o.kind() == Operand::Kind::None;
    if (trivial && only.kind() != Operand::Kind::None && (!partly_undefined || !is_ssa(only)))
      return replace(id, only);
    if (!is_bottom(all) && !same(all, inst.lat) && below(all, inst.lat)) {
      changed_ |= all.type != inst.lat.type || (all.constant && !inst.lat.constant);
      inst.lat = all;
    }
    if (inst.lat.constant && !partly_undefined)
      replace(id, constant_operand(ir_, inst.lat.constant));
  }

  void pi(uint32_t id) {
    Inst &inst = ir_.at(id);
    Operand source = ir_.args(inst)[0];
    Lat lat = lat_of(ir_, source);
    if (below(lat, inst.lat))
      return replace(id, source);
    if (inst.lat.constant)
      return replace(id, constant_operand(ir_, inst.lat.constant));
    if (is_ssa(source) && ir_.at(source.index()).op == Op::Pi && below(inst.lat, lat)) {
      ir_.args(inst)[0] = ir_.args(ir_.at(source.index()))[0];
      changed_ = true;
    }
  }

  void copy(uint32_t id) {
    Inst &inst = ir_.at(id);
    Operand source = ir_.args(inst)[0];
    if (inst.dest == kNoSlot && (is_ssa(source) || source.kind() == Operand::Kind::Argument ||
                                 source.kind() == Operand::Kind::Constant))
      replace(id, source);
  }

  void throw_undef(uint32_t id) {
    Lat condition = lat_of(ir_, ir_.args(ir_.at(id))[1]);
    if (is_const_bool(condition, true)) {
      erase(ir_, id);
      changed_ = true;
    } else if (is_const_bool(condition, false)) {
      ir_.at(id).lat = bottom();
    }
  }

  Task *task_;
  IR &ir_;
  Replacements replacements_;
  bool changed_ = false;
};

} // namespace

bool fold(Task *task, IR &ir) {
  return Folder(task, ir).run();
}

} // namespace jl::inference
