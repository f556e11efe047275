// SPDX-License-Identifier: MIT
// Inlining: calls that inference resolved become Invoke, or the callee's statements.
#include <algorithm>

#include "jl/infer/optimize.h"
#include "jl/runtime/values.h"

namespace jl::inference {

namespace {

constexpr uint32_t kMaxInlinedBody = 5000; // @inline at the call site
constexpr size_t kMaxCallerInsts = 40000;  // nothing more is inlined beyond

// --- Splicing one body ------------------------------------------------------------------------------------

class Splice {
public:
  Splice(IR &ir, uint32_t id, const TypedIR &body) : ir_(ir), id_(id), call_(ir.at(id)), body_(body) {
    inbounds_ = call_.flags & kStmtInbounds;
  }

  /// Returns what stands for the call's value, None when the body never returns.
  Operand run() {
    bind_arguments();
    bind_lines();
    uint32_t block = call_.block;
    uint32_t tail = split_block(ir_, block, id_);
    make_blocks(block);
    number_statements();
    for (uint32_t b = 0; b < body_.blocks.size(); b++)
      copy_block(b);
    return join(tail);
  }

private:
  void bind_arguments() {
    std::span<const Operand> args = ir_.args(call_);
    GcVector<Operand> given(args.begin(), args.end());
    size_t plain = body_.is_vararg ? body_.arguments.size() - 1 : body_.arguments.size();
    arguments_.assign(given.begin(), given.begin() + long(plain));
    if (!body_.is_vararg)
      return;
    GcVector<Operand> operands{constant_operand(ir_, builtin_value(Builtin::tuple))};
    GcVector<Lat> lats;
    for (size_t i = plain; i < given.size(); i++) {
      operands.push_back(given[i]);
      lats.push_back(lat_of(ir_, given[i]));
    }
    uint32_t tuple = new_inst(ir_, Op::Call, operands, call_.line);
    ir_.at(tuple).lat = lat_tuple(lats);
    ir_.at(tuple).effects = kAllEffects;
    insert_before(ir_, id_, tuple);
    arguments_.push_back(ssa(tuple));
  }

  void bind_lines() {
    uint32_t first_scope = uint32_t(ir_.scopes.size());
    first_line_ = uint32_t(ir_.lines.size());
    for (const InlineScope &scope : body_.scopes)
      ir_.scopes.push_back(
          {scope.instance, scope.parent_line == kNone ? call_.line : first_line_ + scope.parent_line});
    for (TypedLine line : body_.lines) {
      line.scope += first_scope;
      ir_.lines.push_back(line);
    }
  }

  /// The body's entry continues `block`; its other blocks are new. Edges in the body's order.
  void make_blocks(uint32_t block) {
    blocks_.push_back(block);
    for (size_t i = 1; i < body_.blocks.size(); i++)
      blocks_.push_back(new_block(ir_));
    for (size_t i = 0; i < body_.blocks.size(); i++) {
      for (uint32_t s : body_.blocks[i].succs)
        ir_.blocks[blocks_[i]].succs.push_back(blocks_[s]);
      if (i > 0)
        for (uint32_t p : body_.blocks[i].preds)
          ir_.blocks[blocks_[i]].preds.push_back(blocks_[p]);
    }
  }

  void number_statements() {
    ids_.resize(body_.statements.size());
    for (uint32_t i = 0; i < ids_.size(); i++)
      ids_[i] = uint32_t(ir_.insts.size()) + i;
    ir_.insts.resize(ir_.insts.size() + ids_.size());
  }

  Operand map(Operand o) {
    switch (o.kind()) {
    case Operand::Kind::Ssa: {
      const TypedStmt &s = body_.statements[o.index()];
      return s.op == Op::Boundscheck ? boundscheck(o.index()) : ssa(ids_[o.index()]);
    }
    case Operand::Kind::Argument:
      return arguments_[o.index()];
    case Operand::Kind::Constant:
      return constant_operand(ir_, body_.constants[o.index()]);
    case Operand::Kind::Global:
      ir_.globals.push_back(body_.globals[o.index()]);
      return {Operand::Kind::Global, uint32_t(ir_.globals.size() - 1)};
    default:
      return o;
    }
  }

  /// True, false, or still open when the caller itself passes its callers' @inbounds on.
  Operand boundscheck(uint32_t i) {
    if (inbounds_)
      return constant_operand(ir_, false_value());
    return ir_.propagate_inbounds ? ssa(ids_[i]) : constant_operand(ir_, true_value());
  }

  void copy_block(uint32_t b) {
    const Block &block = body_.blocks[b];
    bool ended = false;
    for (uint32_t i = block.first; i < block.end; i++) {
      const TypedStmt &s = body_.statements[i];
      if (s.op == Op::Boundscheck && (inbounds_ || !ir_.propagate_inbounds))
        continue;
      if (s.op == Op::Return) {
        returns_.push_back({blocks_[b], map(body_.args(s)[0])});
        return;
      }
      copy_statement(b, i);
      ended = is_terminator(s.op) || s.type.type == types::Bottom_;
    }
    if (!ended && !block.succs.empty())
      add_goto(blocks_[b]);
  }

  void add_goto(uint32_t block) {
    uint32_t jump = append(ir_, block, Op::Goto, {}, call_.line);
    ir_.at(jump).lat = any();
    ir_.at(jump).effects = kAllEffects;
  }

  void copy_statement(uint32_t b, uint32_t i) {
    const TypedStmt &s = body_.statements[i];
    GcVector<Operand> operands;
    if (s.op == Op::Phi) {
      const PhiNode &phi = body_.phis[s.target];
      for (uint32_t pred : body_.blocks[b].preds) {
        size_t k = size_t(std::find(phi.blocks.begin(), phi.blocks.end(), pred) - phi.blocks.begin());
        operands.push_back(k < phi.values.size() ? map(phi.values[k]) : Operand());
      }
    } else {
      for (Operand o : body_.args(s))
        operands.push_back(map(o));
    }
    Inst inst;
    inst.op = s.op;
    inst.flags = s.flags;
    inst.line = first_line_ + s.line;
    inst.block = blocks_[b];
    inst.lat = lat_of_ty(s.type);
    inst.effects = effects_of(s);
    if (s.op == Op::ForeignCall)
      inst.target = copy_foreign_call(s, operands);
    set_operands(ir_, inst, operands);
    ir_.insts[ids_[i]] = inst;
    ir_.blocks[blocks_[b]].insts.push_back(ids_[i]);
  }

  uint32_t effects_of(const TypedStmt &s) const {
    uint32_t effects =
        (s.effects & kStmtEffectFree ? kEffectFree : 0) | (s.effects & kStmtNothrow ? kNothrow : 0);
    if (s.op == Op::Invoke)
      return static_cast<CodeInstance *>(body_.constants[body_.args(s)[0].index()])->effects | effects;
    return effects | (s.op == Op::Call ? 0u : kTerminates);
  }

  uint32_t copy_foreign_call(const TypedStmt &s, GcVector<Operand> &operands) {
    ForeignCall call = body_.foreign_calls[s.target];
    operands.push_back(map(call.function));
    operands.push_back(map(call.result_type));
    for (Operand o : call.argument_types)
      operands.push_back(map(o));
    ir_.foreign_calls.push_back(call);
    return uint32_t(ir_.foreign_calls.size() - 1);
  }

  Operand join(uint32_t tail) {
    GcVector<Operand> values;
    for (auto &[block, value] : returns_) {
      add_goto(block);
      add_edge_between(ir_, block, tail);
      values.push_back(value);
    }
    if (values.empty())
      return Operand();
    Operand value = values[0];
    size_t position = 0;
    if (values.size() > 1) {
      Lat lat = bottom();
      for (Operand o : values)
        lat = inference::join(lat, lat_of(ir_, o));
      value = insert_in(tail, position++, Op::Phi, values, lat);
    }
    if (!below(lat_of(ir_, value), call_.lat))
      value = insert_in(tail, position++, Op::Pi, {&value, 1}, call_.lat);
    if (call_.dest != kNoSlot)
      ir_.at(insert_in(tail, position, Op::Copy, {&value, 1}, call_.lat).index()).dest = call_.dest;
    return value;
  }

  Operand insert_in(uint32_t block, size_t position, Op op, std::span<const Operand> operands,
                    const Lat &lat) {
    uint32_t id = new_inst(ir_, op, operands, call_.line);
    ir_.at(id).lat = lat;
    ir_.at(id).effects = kAllEffects;
    insert_at(ir_, block, position, id);
    return ssa(id);
  }

  IR &ir_;
  uint32_t id_;
  Inst call_;
  const TypedIR &body_;
  bool inbounds_ = false;
  uint32_t first_line_ = 0;
  GcVector<Operand> arguments_;
  GcVector<uint32_t> blocks_, ids_;
  GcVector<std::pair<uint32_t, Operand>> returns_;
};

// --- Deciding ---------------------------------------------------------------------------------------------

const TypedIR *body_to_inline(const Frame &caller, const Inst &call, const CallTarget &target) {
  if (call.flags & kStmtNoinline || in_same_component(caller, *target.frame))
    return nullptr;
  for (Frame *candidate : {target.variant, target.frame}) {
    if (!candidate || candidate->state != Frame::State::Final || !candidate->optimized)
      continue;
    const TypedIR *body = candidate->optimized;
    bool wanted = body->inlineable || (call.flags & kStmtInline && body->inline_cost <= kMaxInlinedBody);
    bool fits =
        body->is_vararg ? call.count + 1u >= body->arguments.size() : call.count == body->arguments.size();
    if (wanted && fits)
      return body;
  }
  return nullptr;
}

} // namespace

bool suits_values(const MethodInstance *instance) {
  const Method *method = instance->def;
  const SimpleVector *parameters =
      static_cast<DataType *>(unwrap_union_all(instance->spec_types))->parameters;
  for (size_t i = 1; i < parameters->length; i++) {
    size_t argument = method->is_vararg ? std::min(i, size_t(method->nargs) - 1) : i;
    bool passed_as_any = argument < 64 && (method->nospecialize >> argument & 1);
    if (passed_as_any || type_of(parameters->data[i]) == types::Vararg_ ||
        lat_type(parameters->data[i]).constant)
      continue;
    GcVector<Value *> members;
    union_members(parameters->data[i], members);
    if (!std::all_of(members.begin(), members.end(), is_concrete_type))
      return false;
  }
  return true;
}

namespace {

/// Call -> Invoke. What is known of the result beyond the code instance's own type becomes a pi behind it.
void make_invoke(IR &ir, uint32_t id, const CallTarget &target, Replacements &replacements) {
  CodeInstance *code = target.frame->code;
  Inst &inst = ir.at(id);
  GcVector<Operand> operands{constant_operand(ir, code)};
  operands.insert(operands.end(), ir.args(inst).begin(), ir.args(inst).end());
  set_operands(ir, inst, operands);
  inst.op = Op::Invoke;
  inst.call = nullptr;
  Lat known = inst.lat, declared = lat_type(code->rettype);
  if (code->rettype_const)
    declared = lat_const(code->rettype_const);
  if (is_bottom(known) || below(declared, known))
    return;
  inst.lat = declared;
  if (known.constant)
    return replacements.set(id, constant_operand(ir, known.constant));
  Operand source = ssa(id);
  uint32_t pi = new_inst(ir, Op::Pi, {&source, 1}, inst.line);
  ir.at(pi).lat = known;
  ir.at(pi).effects = kAllEffects;
  insert_behind(ir, id, pi);
  replacements.set(id, ssa(pi));
}

} // namespace

void inline_calls(Frame &frame, IR &ir) {
  GcVector<uint32_t> calls;
  for (uint32_t b : reverse_postorder(ir))
    for (uint32_t id : ir.blocks[b].insts) {
      const Inst &inst = ir.at(id);
      if (inst.op == Op::Call && inst.call && inst.call->resolved && !inst.call->split &&
          !inst.call->is_apply && inst.call->args.size() == inst.count && inst.call->targets[0].frame->code)
        calls.push_back(id);
    }
  Replacements replacements(ir);
  GcVector<uint32_t> pis; // a pi refers to its call, which the replacement would turn into the pi itself
  for (uint32_t id : calls) {
    const CallTarget target = ir.at(id).call->targets[0];
    const TypedIR *body =
        ir.insts.size() < kMaxCallerInsts ? body_to_inline(frame, ir.at(id), target) : nullptr;
    if (!body && !suits_values(target.instance))
      continue;
    if (!body) {
      size_t before = ir.insts.size();
      make_invoke(ir, id, target, replacements);
      if (ir.insts.size() > before)
        pis.push_back(uint32_t(before));
      continue;
    }
    Operand value = Splice(ir, id, *body).run();
    if (value.kind() != Operand::Kind::None && !replacements.replaces(id))
      replacements.set(id, value);
  }
  GcVector<Operand> sources;
  for (uint32_t pi : pis)
    sources.push_back(ir.args(ir.at(pi))[0]);
  replacements.apply(ir);
  for (size_t i = 0; i < pis.size(); i++)
    ir.args(ir.at(pis[i]))[0] = sources[i];
  remove_unreachable(ir);
}

} // namespace jl::inference
