// SPDX-License-Identifier: MIT
// Mutable objects that never escape: the contents of a Ref, Box or iterator state that only this function
// reads and writes become values.
#include <map>

#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

class MutableReplacer {
public:
  MutableReplacer(IR &ir, uint32_t object) : ir_(ir), object_(object) {
    type_ = static_cast<DataType *>(ir.at(object).lat.type);
  }

  /// All uses must be plain reads and writes of known fields.
  bool collect() {
    for (uint32_t b = 0; b < ir_.blocks.size(); b++)
      for (size_t i = 0; i < ir_.blocks[b].insts.size(); i++)
        if (!collect_use(ir_.blocks[b].insts[i]))
          return false;
    return true;
  }

  /// False (and nothing changed) when a field may be read before it is set.
  bool run(Replacements &replacements) {
    GcVector<std::pair<uint32_t, Operand>> results;
    for (auto &[id, i] : reads_) {
      Operand value = value_before(id, i);
      if (failed_ || value.kind() == Operand::Kind::None)
        return undo();
      results.push_back({id, value});
    }
    if (!finish_phis())
      return undo();
    for (auto &[id, value] : results)
      replace_read(id, value, replacements);
    for (auto &[id, i] : writes_) {
      Operand stored = ir_.args(ir_.at(id))[3];
      replacements.set(id, stored);
      erase(ir_, id);
    }
    erase(ir_, object_);
    return true;
  }

private:
  bool collect_use(uint32_t id) {
    const Inst &inst = ir_.at(id);
    std::span<const Operand> args = ir_.args(inst);
    for (size_t k = 0; k < args.size(); k++)
      if (args[k] == ssa(object_) && !(k == 1 && collect_access(id, inst)))
        return false;
    return true;
  }

  bool collect_access(uint32_t id, const Inst &inst) {
    std::span<const Operand> args = ir_.args(inst);
    Lat callee = lat_of(ir_, args[0]);
    if (inst.op != Op::Call || inst.dest != kNoSlot || !callee.constant || args.size() < 3 ||
        is_bottom(inst.lat))
      return false;
    Lat name = lat_of(ir_, args[2]);
    int64_t i = name.constant ? field_position(type_, name.constant) : -1;
    if (i < 0)
      return false;
    Builtin b = builtin_of(callee.constant);
    if (b == Builtin::getfield) {
      reads_.push_back({id, size_t(i)});
      return true;
    }
    if (b != Builtin::setfield || args.size() < 4 ||
        !surely_isa(lat_of(ir_, args[3]), field_type(type_, size_t(i))))
      return false;
    if (args[3] == ssa(object_) || !(inst.effects & kNothrow))
      return false;
    writes_.push_back({id, size_t(i)});
    return true;
  }

  /// The value that instruction `id` leaves in field `i`, if it sets it.
  bool sets(uint32_t id, size_t i, Operand &value) {
    if (id == object_) {
      std::span<const Operand> args = ir_.args(ir_.at(id));
      value = i + 1 < args.size() ? args[i + 1] : Operand();
      return true;
    }
    for (auto &[write, field] : writes_)
      if (write == id && field == i) {
        value = ir_.args(ir_.at(id))[3];
        return true;
      }
    return false;
  }

  Operand value_before(uint32_t id, size_t i) {
    uint32_t block = ir_.at(id).block;
    const auto &insts = ir_.blocks[block].insts;
    size_t position = 0;
    while (insts[position] != id)
      position++;
    while (position-- > 0)
      if (Operand value; sets(insts[position], i, value))
        return value;
    return value_at_start(block, i);
  }

  Operand value_at_end(uint32_t block, size_t i) {
    const auto &insts = ir_.blocks[block].insts;
    for (size_t k = insts.size(); k-- > 0;)
      if (Operand value; sets(insts[k], i, value))
        return value;
    return value_at_start(block, i);
  }

  Operand value_at_start(uint32_t block, size_t i) {
    while (ir_.blocks[block].preds.size() == 1) {
      block = ir_.blocks[block].preds[0];
      const auto &insts = ir_.blocks[block].insts;
      for (size_t k = insts.size(); k-- > 0;)
        if (Operand value; sets(insts[k], i, value))
          return value;
    }
    if (ir_.blocks[block].preds.empty()) {
      failed_ = true; // not dominated by the allocation
      return Operand();
    }
    if (auto it = phis_.find({block, i}); it != phis_.end())
      return ssa(it->second);
    uint32_t phi = new_inst(ir_, Op::Phi, {}, ir_.at(object_).line);
    ir_.at(phi).block = block;
    ir_.at(phi).effects = kAllEffects;
    ir_.at(phi).lat = lat_type(field_type(type_, i));
    phis_[{block, i}] = phi;
    GcVector<Operand> values;
    for (size_t k = 0; k < ir_.blocks[block].preds.size() && !failed_; k++)
      values.push_back(value_at_end(ir_.blocks[block].preds[k], i));
    set_operands(ir_, ir_.at(phi), values);
    return ssa(phi);
  }

  bool finish_phis() {
    for (auto &[where, phi] : phis_)
      for (Operand o : ir_.args(ir_.at(phi)))
        if (o.kind() == Operand::Kind::None)
          return false;
    for (auto &[where, phi] : phis_)
      insert_at(ir_, where.first, 0, phi);
    return true;
  }

  bool undo() {
    for (auto &[where, phi] : phis_)
      erase(ir_, phi);
    return false;
  }

  void replace_read(uint32_t id, Operand value, Replacements &replacements) {
    Inst &inst = ir_.at(id);
    bool narrower = below(lat_of(ir_, value), inst.lat);
    if (!narrower) { // keep what the reader knew
      inst.op = Op::Pi;
      inst.effects = kAllEffects;
      set_operands(ir_, inst, {&value, 1});
      return;
    }
    replacements.set(id, value);
    erase(ir_, id);
  }

  IR &ir_;
  uint32_t object_;
  DataType *type_;
  GcVector<std::pair<uint32_t, size_t>> reads_, writes_;
  std::map<std::pair<uint32_t, size_t>, uint32_t> phis_; // numbers only
  bool failed_ = false;
};

bool is_candidate(const Inst &inst) {
  if (inst.op != Op::New || inst.dest != kNoSlot || !(inst.effects & kNothrow) || is_bottom(inst.lat))
    return false;
  if (type_of(inst.lat.type) != types::DataType_)
    return false;
  auto *type = static_cast<DataType *>(inst.lat.type);
  return type->is_concrete && type->name->is_mutable;
}

} // namespace

/// Pis of a mutable object only say its type again: look through them.
static void drop_object_pis(IR &ir) {
  Replacements replacements(ir);
  for (const BlockData &block : ir.blocks)
    for (uint32_t id : block.insts)
      if (ir.at(id).op == Op::Pi && is_ssa(strip_pis(ir, ssa(id))) &&
          is_candidate(ir.at(strip_pis(ir, ssa(id)).index())))
        replacements.set(id, strip_pis(ir, ssa(id)));
  replacements.apply(ir);
}

bool replace_mutables(IR &ir) {
  GcVector<uint32_t> candidates;
  for (uint32_t b : reverse_postorder(ir))
    for (uint32_t id : ir.blocks[b].insts) {
      if (ir.at(id).op == Op::Enter)
        return false; // writes may be seen from the catch block
      if (is_candidate(ir.at(id)))
        candidates.push_back(id);
    }
  if (candidates.empty())
    return false;
  drop_object_pis(ir);
  bool changed = false;
  for (uint32_t id : candidates) {
    Replacements replacements(ir);
    MutableReplacer replacer(ir, id);
    if (replacer.collect() && replacer.run(replacements)) {
      replacements.apply(ir);
      changed = true;
    }
  }
  sweep(ir);
  return changed;
}

} // namespace jl::inference
