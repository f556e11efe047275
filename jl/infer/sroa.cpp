// SPDX-License-Identifier: MIT
// Scalar replacement: reading a field of a tuple or immutable struct that was made here gives the value it
// was made from.
//
// The object may come through pis and phis; then a phi of the fields is made beside the phi of the objects.
// Tests of such a phi against a type or a singleton (`iterate(...) === nothing`) become phis of the answers.
#include <algorithm>
#include <map>

#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

constexpr size_t kMaxLiftedPhis = 200; // for one question; phi webs beyond stay as they are

class AggregateReplacer {
public:
  AggregateReplacer(Task *task, IR &ir) : task_(task), ir_(ir), replacements_(ir) {}

  bool run() {
    for (uint32_t b : reverse_postorder(ir_)) {
      GcVector<uint32_t> insts = ir_.blocks[b].insts;
      for (uint32_t id : insts)
        visit(id);
    }
    if (!changed_)
      return false;
    replacements_.apply(ir_);
    sweep(ir_);
    return true;
  }

private:
  Builtin builtin(const Inst &inst) const {
    if (inst.op != Op::Call || inst.count == 0)
      return Builtin::kCount;
    Lat callee = lat_of(ir_, ir_.args(inst)[0]);
    return callee.constant ? builtin_of(callee.constant) : Builtin::kCount;
  }

  void visit(uint32_t id) {
    // What was replaced is erased: nothing may be asked about it any more.
    for (Operand &o : ir_.args(ir_.at(id)))
      o = replacements_.resolve(o);
    const Inst inst = ir_.at(id);
    if (inst.dest != kNoSlot || is_bottom(inst.lat))
      return;
    switch (builtin(inst)) {
    case Builtin::getfield:
      return read_field(id, inst);
    case Builtin::egal:
    case Builtin::isa:
      return lift_test(id, inst);
    default:
      return lift_not(id, inst);
    }
  }

  /// !phi(true, false)  ->  phi(false, true)
  void lift_not(uint32_t id, const Inst &inst) {
    if (inst.op != Op::Call || inst.count != 2)
      return;
    Lat callee = lat_of(ir_, ir_.args(inst)[0]);
    Operand tested = replacements_.resolve(ir_.args(inst)[1]);
    if (!callee.constant || intrinsic_of(callee.constant) != Intrinsic::not_int || !is_ssa(tested) ||
        ir_.at(tested.index()).op != Op::Phi)
      return;
    GcVector<Operand> answers;
    for (Operand o : ir_.args(ir_.at(tested.index()))) {
      Lat lat = lat_of(ir_, o);
      if (o.kind() != Operand::Kind::Constant || lat.type != types::Bool)
        return;
      answers.push_back(constant_operand(ir_, lat_bool(is_const_bool(lat, false)).constant));
    }
    begin_lift();
    uint32_t phi = new_phi(tested.index());
    set_operands(ir_, ir_.at(phi), answers);
    ir_.at(phi).lat = lat_type(types::Bool);
    insert_at(ir_, ir_.at(phi).block, 0, phi);
    replacements_.set(id, ssa(phi));
    erase(ir_, id);
    changed_ = true;
  }

  void replace(uint32_t id, Operand by) {
    Inst &inst = ir_.at(id);
    if (!below(lat_of(ir_, by), inst.lat) && !is_same_type(by, inst)) {
      // The reader knew more than the object's maker, from a branch: keep that.
      uint32_t pi = new_inst(ir_, Op::Pi, {&by, 1}, inst.line);
      ir_.at(pi).lat = ir_.at(id).lat;
      ir_.at(pi).effects = kAllEffects;
      insert_before(ir_, id, pi);
      by = ssa(pi);
    }
    replacements_.set(id, by);
    erase(ir_, id);
    changed_ = true;
  }

  bool is_same_type(Operand o, const Inst &inst) const {
    return types_equal(lat_of(ir_, o).type, inst.lat.type);
  }

  // --- getfield -------------------------------------------------------------------------------------------
  void read_field(uint32_t id, const Inst &inst) {
    std::span<const Operand> args = ir_.args(inst);
    if (args.size() < 3)
      return;
    Operand object = replacements_.resolve(args[1]);
    Lat lat = lat_of(ir_, object), name = lat_of(ir_, args[2]);
    Value *body = lat.type ? unwrap_union_all(lat.type) : nullptr;
    if (!name.constant || !body || type_of(body) != types::DataType_)
      return;
    int64_t i = field_position(static_cast<DataType *>(body), name.constant);
    if (i < 0)
      return;
    begin_lift();
    Operand value = field(object, size_t(i), static_cast<DataType *>(body)->name);
    if (value.kind() == Operand::Kind::None || failed_)
      return undo();
    commit();
    replace(id, value);
  }

  /// The operand that field `i` of an object was made from; None when not known. `name`: only objects of this
  /// type can reach the read; others (nothing, in a phi) have no say.
  Operand field(Operand object, size_t i, TypeName *name) {
    object = replacements_.resolve(object);
    if (Value *constant = constant_of(ir_, object)) {
      Lat lat = field_of(lat_const(constant), i);
      return lat.constant && !type_of(constant)->name->is_mutable ? constant_operand(ir_, lat.constant)
                                                                  : fail();
    }
    if (!is_ssa(object))
      return fail();
    const Inst inst = ir_.at(object.index());
    std::span<const Operand> args = ir_.args(inst);
    if (builtin(inst) == Builtin::tuple)
      return i + 1 < args.size() ? replacements_.resolve(args[i + 1]) : fail();
    switch (inst.op) {
    case Op::Pi:
      return field(args[0], i, name);
    case Op::New:
      return new_field(inst, args, i);
    case Op::SplatNew:
      return is_immutable(inst.lat) ? field(args[1], i, nullptr) : fail();
    case Op::Phi:
      return phi_field(object.index(), i, name);
    default:
      return fail();
    }
  }

  bool is_immutable(const Lat &lat) const {
    return type_of(lat.type) == types::DataType_ && static_cast<DataType *>(lat.type)->is_concrete &&
           !static_cast<DataType *>(lat.type)->name->is_mutable;
  }

  Operand new_field(const Inst &inst, std::span<const Operand> args, size_t i) {
    if (!is_immutable(inst.lat) || i + 1 >= args.size())
      return fail();
    Operand value = replacements_.resolve(args[i + 1]);
    return surely_isa(lat_of(ir_, value), field_type(inst.lat.type, i)) ? value : fail();
  }

  Operand fail() {
    failed_ = true;
    return Operand();
  }

  bool cannot_be(Operand o, TypeName *name) const {
    if (!name)
      return false;
    Lat lat = lat_of(ir_, o);
    if (is_bottom(lat))
      return true;
    Value *type = lat.constant && is_type(lat.constant) ? type_of(lat.constant) : lat.type;
    Value *body = unwrap_union_all(type);
    return type_of(body) == types::DataType_ && static_cast<DataType *>(body)->is_concrete &&
           static_cast<DataType *>(body)->name != name;
  }

  Operand phi_field(uint32_t phi, size_t i, TypeName *name) {
    if (auto it = lifted_.find({phi, i}); it != lifted_.end())
      return ssa(it->second);
    if (lifted_.size() >= kMaxLiftedPhis || failed_)
      return fail();
    GcVector<Operand> objects(ir_.args(ir_.at(phi)).begin(), ir_.args(ir_.at(phi)).end());
    uint32_t lifted = new_phi(phi);
    lifted_[{phi, i}] = lifted;
    GcVector<Operand> values;
    for (Operand object : objects) {
      object = replacements_.resolve(object);
      if (object.kind() == Operand::Kind::None || cannot_be(object, name)) {
        values.push_back(Operand());
        continue;
      }
      values.push_back(field(object, i, name));
      if (failed_)
        return Operand();
    }
    set_operands(ir_, ir_.at(lifted), values);
    return ssa(lifted);
  }

  // --- Lifted phis ----------------------------------------------------------------------------------------
  void begin_lift() {
    lifted_.clear();
    made_.clear();
    failed_ = false;
  }

  uint32_t new_phi(uint32_t like) {
    uint32_t id = new_inst(ir_, Op::Phi, {}, ir_.at(like).line);
    ir_.at(id).block = ir_.at(like).block;
    ir_.at(id).effects = kAllEffects;
    ir_.at(id).lat = bottom();
    made_.push_back(id);
    return id;
  }

  void undo() {
    for (uint32_t id : made_)
      erase(ir_, id);
    made_.clear();
  }

  void commit() {
    type_phis();
    for (uint32_t id : made_)
      insert_at(ir_, ir_.at(id).block, 0, id);
  }

  /// Types of the new phis, from below: they may refer to one another.
  void type_phis() {
    for (bool again = true; again;) {
      again = false;
      for (uint32_t id : made_) {
        Lat all = bottom();
        for (Operand o : ir_.args(ir_.at(id)))
          if (o.kind() != Operand::Kind::None)
            all = join(all, lat_of(ir_, o));
        if (made_.size() > 1 || refers_to_itself(id))
          all = widen_constant(all);
        if (!below(all, ir_.at(id).lat)) {
          ir_.at(id).lat = join(ir_.at(id).lat, all);
          again = true;
        }
      }
    }
  }

  bool refers_to_itself(uint32_t id) const {
    for (Operand o : ir_.args(ir_.at(id)))
      if (o == ssa(id))
        return true;
    return false;
  }

  // --- Tests ----------------------------------------------------------------------------------------------
  /// phi(nothing, (i, s)) === nothing  ->  phi(true, false), when each answer is known.
  void lift_test(uint32_t id, const Inst &inst) {
    std::span<const Operand> args = ir_.args(inst);
    if (args.size() != 3)
      return;
    GcVector<Operand> operands(args.begin(), args.end());
    for (size_t side = 1; side <= (builtin(inst) == Builtin::egal ? 2u : 1u); side++) {
      Operand tested = strip_pis(ir_, replacements_.resolve(operands[side]));
      Operand other = operands[3 - side];
      if (!is_ssa(tested) || ir_.at(tested.index()).op != Op::Phi || !lat_of(ir_, other).constant)
        continue;
      begin_lift();
      Operand answer = phi_test(tested.index(), builtin(inst), lat_of(ir_, other));
      if (failed_ || answer.kind() == Operand::Kind::None) {
        undo();
        continue;
      }
      for (uint32_t made : made_)
        ir_.at(made).lat = lat_type(types::Bool);
      for (uint32_t made : made_)
        insert_at(ir_, ir_.at(made).block, 0, made);
      replacements_.set(id, answer);
      erase(ir_, id);
      changed_ = true;
      return;
    }
  }

  Operand phi_test(uint32_t phi, Builtin test, const Lat &other) {
    if (auto it = lifted_.find({phi, 0}); it != lifted_.end())
      return ssa(it->second);
    if (lifted_.size() >= kMaxLiftedPhis)
      return fail();
    GcVector<Operand> objects(ir_.args(ir_.at(phi)).begin(), ir_.args(ir_.at(phi)).end());
    uint32_t lifted = new_phi(phi);
    lifted_[{phi, 0}] = lifted;
    GcVector<Operand> answers;
    for (Operand object : objects) {
      object = replacements_.resolve(object);
      if (object.kind() == Operand::Kind::None) {
        answers.push_back(constant_operand(ir_, lat_bool(false).constant));
        continue;
      }
      Lat lats[] = {lat_of(ir_, object), other};
      Transfer t = transfer_builtin(task_, test, lats);
      Operand source = strip_pis(ir_, object);
      if (t.lat.constant)
        answers.push_back(constant_operand(ir_, t.lat.constant));
      else if (is_ssa(source) && ir_.at(source.index()).op == Op::Phi)
        answers.push_back(phi_test(source.index(), test, other));
      else
        return fail();
      if (failed_)
        return Operand();
    }
    set_operands(ir_, ir_.at(lifted), answers);
    return ssa(lifted);
  }

  Task *task_;
  IR &ir_;
  Replacements replacements_;
  std::map<std::pair<uint32_t, size_t>, uint32_t> lifted_; // numbers only
  GcVector<uint32_t> made_;
  bool changed_ = false, failed_ = false;
};

} // namespace

bool replace_aggregates(Task *task, IR &ir) {
  return AggregateReplacer(task, ir).run();
}

} // namespace jl::inference
