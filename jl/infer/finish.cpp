// SPDX-License-Identifier: MIT
// Working IR -> TypedIR: blocks laid out in reverse postorder, ids renumbered, tables cut down to what is
// used.
#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

class Finisher {
public:
  Finisher(const IR &ir, TypedIR &out) : ir_(ir), out_(out) {}

  void run() {
    layout();
    number_statements();
    for (uint32_t i = 0; i < order_.size(); i++)
      write_block(i);
    write_lines();
    out_.slots = ir_.slots;
    for (const Definition &definition : ir_.definitions)
      out_.definitions.push_back(gc_new<Definition>(definition));
    for (const Lat &a : ir_.arguments)
      out_.arguments.push_back(ty_of(a));
    out_.argument_names = ir_.argument_names;
    out_.instance = ir_.instance;
    out_.sparams = ir_.instance->sparams;
    out_.is_vararg = ir_.is_vararg;
    out_.propagate_inbounds = ir_.propagate_inbounds;
  }

private:
  /// One output block: a block of the IR, or (insts of none) a jump to `jump_to` that a fallthrough needs.
  struct Place {
    uint32_t block;
    uint32_t jump_to = kNone, from = kNone;
  };

  void layout() {
    GcVector<uint32_t> order = reverse_postorder(ir_);
    GcVector<uint32_t> number(ir_.blocks.size(), kNone);
    for (uint32_t i = 0; i < order.size(); i++)
      number[order[i]] = i;
    position_.assign(ir_.blocks.size(), kNone);
    for (uint32_t i = 0; i < order.size(); i++) {
      uint32_t b = order[i];
      position_[b] = uint32_t(order_.size());
      order_.push_back({b});
      const Inst &last = ir_.at(ir_.blocks[b].insts.back());
      bool falls = last.op == Op::GotoIfNot || last.op == Op::Enter;
      if (falls && ir_.blocks[b].succs.size() == 2 && number[ir_.blocks[b].succs[0]] != i + 1) {
        trampoline_.resize(ir_.blocks.size(), kNone);
        trampoline_[b] = uint32_t(order_.size());
        order_.push_back({kNone, ir_.blocks[b].succs[0], b});
      }
    }
    trampoline_.resize(ir_.blocks.size(), kNone);
  }

  bool is_dropped_goto(uint32_t place, uint32_t id) const {
    const Place &p = order_[place];
    const auto &insts = ir_.blocks[p.block].insts;
    return ir_.at(id).op == Op::Goto && insts.size() > 1 && place + 1 < order_.size() &&
           order_[place + 1].block == ir_.blocks[p.block].succs[0];
  }

  void number_statements() {
    new_id_.assign(ir_.insts.size(), kNone);
    uint32_t next = 0;
    for (uint32_t i = 0; i < order_.size(); i++) {
      if (order_[i].block == kNone) {
        next++;
        continue;
      }
      for (uint32_t id : ir_.blocks[order_[i].block].insts)
        if (!is_dropped_goto(i, id))
          new_id_[id] = next++;
    }
  }

  Operand constant(uint32_t index) {
    if (constant_.size() <= index)
      constant_.resize(ir_.constants.size(), kNone);
    if (constant_[index] == kNone) {
      constant_[index] = uint32_t(out_.constants.size());
      out_.constants.push_back(ir_.constants[index]);
    }
    return {Operand::Kind::Constant, constant_[index]};
  }

  Operand global(uint32_t index) {
    if (global_.size() <= index)
      global_.resize(ir_.globals.size(), kNone);
    if (global_[index] == kNone) {
      global_[index] = uint32_t(out_.globals.size());
      out_.globals.push_back(ir_.globals[index]);
    }
    return {Operand::Kind::Global, global_[index]};
  }

  Operand map(Operand o) {
    switch (o.kind()) {
    case Operand::Kind::Ssa:
      return ssa(new_id_[o.index()]);
    case Operand::Kind::Constant:
      return constant(o.index());
    case Operand::Kind::Global:
      return global(o.index());
    default:
      return o;
    }
  }

  uint32_t line(uint32_t index) {
    if (line_.size() <= index)
      line_.resize(ir_.lines.size(), kNone);
    if (line_[index] == kNone) {
      line_[index] = uint32_t(used_lines_.size());
      used_lines_.push_back(index);
    }
    return line_[index];
  }

  /// Scopes that used lines mention, outer ones first; lines of inlined calls come along.
  uint32_t scope(uint32_t index) {
    if (scope_.size() <= index)
      scope_.resize(ir_.scopes.size(), kNone);
    if (scope_[index] != kNone)
      return scope_[index];
    const InlineScope &s = ir_.scopes[index];
    uint32_t parent = kNone;
    if (s.parent_line != kNone) {
      scope(ir_.lines[s.parent_line].scope);
      parent = line(s.parent_line);
    }
    scope_[index] = uint32_t(out_.scopes.size());
    out_.scopes.push_back({s.instance, parent});
    return scope_[index];
  }

  void write_lines() {
    scope(0);
    for (size_t i = 0; i < used_lines_.size(); i++) { // grows: see scope()
      TypedLine l = ir_.lines[used_lines_[i]];
      l.scope = scope(l.scope);
      out_.lines.push_back(l);
    }
  }

  void write_block(uint32_t i) {
    const Place &place = order_[i];
    Block block;
    block.first = uint32_t(out_.statements.size());
    if (place.block == kNone) {
      TypedStmt s{};
      s.op = Op::Goto;
      s.target = position_[place.jump_to];
      s.type = {types::Any};
      s.effects = kStmtEffectFree | kStmtNothrow;
      s.line = line(ir_.at(ir_.blocks[place.from].insts.back()).line);
      out_.statements.push_back(s);
      block.preds.push_back(position_[place.from]);
      block.succs.push_back(position_[place.jump_to]);
    } else {
      for (uint32_t id : ir_.blocks[place.block].insts)
        if (!is_dropped_goto(i, id))
          write_inst(place.block, id);
      write_edges(place.block, block);
    }
    block.end = uint32_t(out_.statements.size());
    out_.blocks.push_back(block);
  }

  uint32_t pred_position(uint32_t pred, uint32_t block) const {
    bool falls = trampoline_[pred] != kNone && ir_.blocks[pred].succs[0] == block;
    return falls ? trampoline_[pred] : position_[pred];
  }

  void write_edges(uint32_t b, Block &block) {
    for (uint32_t pred : ir_.blocks[b].preds)
      block.preds.push_back(pred_position(pred, b));
    for (size_t k = 0; k < ir_.blocks[b].succs.size(); k++)
      block.succs.push_back(k == 0 && trampoline_[b] != kNone ? trampoline_[b]
                                                              : position_[ir_.blocks[b].succs[k]]);
  }

  void write_inst(uint32_t b, uint32_t id) {
    const Inst &inst = ir_.at(id);
    std::span<const Operand> args = ir_.args(inst);
    TypedStmt s{};
    s.op = inst.op;
    s.flags = inst.flags;
    s.dest = inst.dest;
    s.line = line(inst.line);
    s.type = ty_of(inst.lat);
    s.effects = uint8_t((inst.effects & kEffectFree ? kStmtEffectFree : 0) |
                        (inst.effects & kNothrow ? kStmtNothrow : 0));
    s.first = uint32_t(out_.operands.size());
    s.target = inst.target;
    switch (inst.op) {
    case Op::Phi:
      s.target = write_phi(b, args);
      args = {};
      break;
    case Op::Pi:
      s.target = 0;
      args = args.first(1);
      break;
    case Op::Goto:
      s.target = position_[ir_.blocks[b].succs[0]];
      break;
    case Op::GotoIfNot:
    case Op::Enter:
      s.target = ir_.blocks[b].succs.size() == 2 ? position_[ir_.blocks[b].succs[1]] : 0;
      break;
    case Op::ForeignCall:
      s.target = write_foreign_call(inst, args);
      args = args.first(args.size() - 2 - ir_.foreign_calls[inst.target].argument_types.size());
      break;
    default:
      break;
    }
    for (Operand o : args)
      out_.operands.push_back(map(o));
    s.count = uint16_t(out_.operands.size() - s.first);
    out_.statements.push_back(s);
  }

  uint32_t write_phi(uint32_t b, std::span<const Operand> args) {
    PhiNode phi;
    for (size_t k = 0; k < args.size(); k++) {
      phi.blocks.push_back(pred_position(ir_.blocks[b].preds[k], b));
      phi.values.push_back(map(args[k]));
    }
    out_.phis.push_back(phi);
    return uint32_t(out_.phis.size() - 1);
  }

  uint32_t write_foreign_call(const Inst &inst, std::span<const Operand> args) {
    ForeignCall call = ir_.foreign_calls[inst.target];
    size_t n = call.argument_types.size(), first = args.size() - 2 - n;
    call.function = map(args[first]);
    call.result_type = map(args[first + 1]);
    for (size_t i = 0; i < n; i++)
      call.argument_types[i] = map(args[first + 2 + i]);
    out_.foreign_calls.push_back(call);
    return uint32_t(out_.foreign_calls.size() - 1);
  }

  const IR &ir_;
  TypedIR &out_;
  GcVector<Place> order_;
  GcVector<uint32_t> position_, trampoline_, new_id_, constant_, global_, line_, scope_, used_lines_;
};

} // namespace

TypedIR *finish_ir(const IR &ir) {
  auto *out = gc_new<TypedIR>();
  Finisher(ir, *out).run();
  return out;
}

} // namespace jl::inference
