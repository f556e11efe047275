// SPDX-License-Identifier: MIT
// Abstract interpretation of one frame: sparse conditional propagation over its SSA form.
//
// Blocks become executable as edges to them do; an instruction is looked at again when an operand or a
// callee's result changed. Types only ever grow, so this ends, and the lowest block in reverse postorder goes
// first.
#include "jl/infer/frame.h"

#include <algorithm>

#include "jl/infer/calls.h"

namespace jl::inference {

GcVector<Lat> generic_arguments(MethodInstance *instance, const CodeInfo &source) {
  GcVector<Lat> result;
  if (!instance->def) // a thunk has no arguments but itself
    return GcVector<Lat>(source.nargs, lat_type(types::Nothing));
  Value *sig = instance->spec_types;
  auto *tuple = static_cast<DataType *>(unwrap_union_all(sig));
  size_t plain = source.is_vararg ? source.nargs - 1 : source.nargs;
  for (size_t i = 0; i < plain; i++)
    result.push_back(lat_type(field_type(sig, i)));
  if (!source.is_vararg)
    return result;
  GcVector<Lat> rest;
  GcVector<Value *> rest_types;
  bool open = false;
  for (size_t i = plain; i < tuple->parameters->length; i++) {
    Value *p = tuple->parameters->data[i];
    if (type_of(p) == types::Vararg_) {
      open = true;
      Value *element =
          static_cast<Vararg *>(p)->t ? rewrap_union_all(static_cast<Vararg *>(p)->t, sig) : types::Any;
      rest_types.push_back(make_vararg(has_free_typevars(element) ? types::Any : element, nullptr));
    } else {
      rest.push_back(lat_type(field_type(sig, i)));
      rest_types.push_back(field_type(sig, i));
    }
  }
  result.push_back(open ? Lat{make_tuple_type(rest_types)} : lat_tuple(rest));
  return result;
}

void add_edge(Frame &frame, Edge edge) {
  if (std::find(frame.edges.begin(), frame.edges.end(), edge) == frame.edges.end())
    frame.edges.push_back(edge);
}

void limit_worlds(Frame &frame, uint64_t min, uint64_t max) {
  frame.min_world = std::max(frame.min_world, min);
  frame.max_world = std::min(frame.max_world, max);
}

namespace {

void index_users(Frame &frame) {
  IR &ir = *frame.ir;
  frame.users.assign(ir.insts.size(), {});
  frame.slot_users.assign(ir.slots.size(), {});
  for (const BlockData &block : ir.blocks)
    for (uint32_t id : block.insts)
      for (Operand o : ir.args(ir.at(id))) {
        if (is_ssa(o))
          frame.users[o.index()].push_back(id);
        else if (o.kind() == Operand::Kind::Slot)
          frame.slot_users[o.index()].push_back(id);
      }
}

void index_blocks(Frame &frame) {
  IR &ir = *frame.ir;
  frame.order = reverse_postorder(ir);
  frame.number.assign(ir.blocks.size(), kNone);
  for (uint32_t i = 0; i < frame.order.size(); i++)
    frame.number[frame.order[i]] = i;
  frame.loop_header.assign(ir.blocks.size(), 0);
  for (uint32_t b : frame.order)
    for (uint32_t pred : ir.blocks[b].preds)
      if (frame.number[pred] != kNone && frame.number[pred] >= frame.number[b])
        frame.loop_header[b] = 1;
}

void queue_block(Frame &frame, uint32_t block) {
  frame.queued[frame.number[block]] = 1;
  frame.has_work = true;
}

void enter_block(Frame &frame, uint32_t block) {
  frame.executable[block] = 1;
  for (uint32_t id : frame.ir->blocks[block].insts)
    frame.dirty[id] = 1;
  queue_block(frame, block);
}

void take_edge(Frame &frame, uint32_t from, uint32_t to) {
  auto &preds = frame.ir->blocks[to].preds;
  size_t k = size_t(std::find(preds.begin(), preds.end(), from) - preds.begin());
  if (frame.live_edge[to][k])
    return;
  frame.live_edge[to][k] = 1;
  if (!frame.executable[to])
    return enter_block(frame, to);
  for (uint32_t id : frame.ir->blocks[to].insts)
    if (frame.ir->at(id).op == Op::Phi)
      mark_dirty(frame, id);
}

class Propagator {
public:
  Propagator(Session &session, Frame &frame) : session_(session), frame_(frame), ir_(*frame.ir) {}

  void run() {
    while (frame_.has_work) {
      uint32_t position = 0;
      while (position < frame_.queued.size() && !frame_.queued[position])
        position++;
      if (position == frame_.queued.size()) {
        frame_.has_work = false;
        break;
      }
      frame_.queued[position] = 0;
      run_block(frame_.order[position]);
    }
    summarize();
  }

private:
  void run_block(uint32_t block) {
    for (size_t i = 0; i < ir_.blocks[block].insts.size(); i++) {
      uint32_t id = ir_.blocks[block].insts[i];
      if (frame_.dirty[id]) {
        frame_.dirty[id] = 0;
        evaluate(block, id);
      }
      if (ends_here(ir_.at(id)))
        return;
    }
  }

  static bool ends_here(const Inst &inst) { return inst.op != Op::Phi && is_bottom(inst.lat); }

  void update(uint32_t id, Lat lat) {
    Inst &inst = ir_.at(id);
    if (inst.lat.known() && below(lat, inst.lat))
      return;
    inst.lat = inst.lat.known() ? join(inst.lat, lat) : lat;
    for (uint32_t user : frame_.users[id])
      mark_dirty(frame_, user);
    if (inst.dest != kNoSlot)
      update_slot(inst.dest, inst.lat.type);
  }

  void update_slot(uint32_t slot, Value *type) {
    Value *&known = ir_.slots[slot].type;
    Value *joined = join_types(known, type);
    if (joined == known)
      return;
    known = joined;
    for (uint32_t user : frame_.slot_users[slot])
      mark_dirty(frame_, user);
  }

  void evaluate(uint32_t block, uint32_t id) {
    Inst &inst = ir_.at(id);
    switch (inst.op) {
    case Op::Goto:
    case Op::GotoIfNot:
    case Op::Enter:
    case Op::Return:
      inst.lat = any();
      inst.effects = kAllEffects;
      return terminate(block, inst);
    case Op::Phi:
      inst.effects = kAllEffects;
      return update(id, phi(block, inst));
    case Op::Pi:
      inst.effects = kAllEffects;
      return update(id, refine_pi(ir_, inst));
    case Op::Call:
      return call(id);
    default: {
      Transfer t = simple(inst);
      ir_.at(id).effects = t.effects;
      return update(id, t.lat);
    }
    }
  }

  void terminate(uint32_t block, const Inst &inst) {
    const auto &succs = ir_.blocks[block].succs;
    if (inst.op == Op::Return)
      return join_result(lat_of(ir_, ir_.args(inst)[0]));
    if (inst.op != Op::GotoIfNot) {
      for (uint32_t s : succs)
        take_edge(frame_, block, s);
      return;
    }
    Lat condition = lat_of(ir_, ir_.args(inst)[0]);
    if (condition.type != types::Bool)
      ir_.at(ir_.blocks[block].insts.back()).effects &= ~uint32_t(kNothrow);
    if (never_isa(condition, types::Bool))
      return;
    if (!is_const_bool(condition, false))
      take_edge(frame_, block, succs[0]);
    if (!is_const_bool(condition, true))
      take_edge(frame_, block, succs[1]);
  }

  void join_result(Lat lat) {
    if (frame_.result.known() && below(lat, frame_.result))
      return;
    frame_.result = frame_.result.known() ? join(frame_.result, lat) : lat;
    notify();
  }

  void notify() {
    for (Frame::Caller &caller : frame_.callers)
      if (caller.frame->state == Frame::State::Active)
        mark_dirty(*caller.frame, caller.inst);
  }

  Lat phi(uint32_t block, const Inst &inst) {
    Lat all;
    std::span<const Operand> args = ir_.args(inst);
    Operand common;
    bool one_source = true;
    for (size_t k = 0; k < args.size(); k++) {
      if (args[k].kind() == Operand::Kind::None)
        continue;
      Operand source = strip_pis(ir_, args[k]);
      one_source &= common.kind() == Operand::Kind::None || common == source;
      common = source;
      if (frame_.live_edge[block][k]) {
        Lat lat = lat_of(ir_, args[k]);
        if (lat.known())
          all = all.known() ? join(all, lat) : lat;
      }
    }
    if (!all.known())
      return bottom();
    if (one_source && common.kind() != Operand::Kind::None) {
      // What branches learnt about one value, put together again, is never less than what was known before.
      Lat before = lat_of(ir_, common);
      return below(before, all) ? before : all;
    }
    // A loop would otherwise be looked at with the first iteration's constants, for nothing.
    return frame_.loop_header[block] ? widen_constant(all) : all;
  }

  void call(uint32_t id) {
    GcVector<Lat> args;
    for (Operand o : ir_.args(ir_.at(id)))
      args.push_back(lat_of(ir_, o));
    for (const Lat &a : args)
      if (is_bottom(a))
        return update(id, bottom());
    CallResult result = infer_call(session_, frame_, id, args);
    Inst &inst = ir_.at(id);
    inst.call = result.info;
    inst.effects = result.effects;
    update(id, result.lat);
    // Pis read which of the call's targets may give true: look at them again although the type stays Bool, or
    // one that Bool is among.
    if (!never_isa(inst.lat, types::Bool))
      for (uint32_t user : frame_.users[id])
        mark_dirty(frame_, user);
  }

  Transfer simple(const Inst &inst) {
    GcVector<Lat> args;
    for (Operand o : ir_.args(inst))
      args.push_back(lat_of(ir_, o));
    switch (inst.op) {
    case Op::New:
      return transfer_new(args);
    case Op::SplatNew:
      return transfer_splat_new(args);
    case Op::Copy:
      return copy(ir_.args(inst)[0]);
    case Op::IsDefined:
      return {lat_type(types::Bool), kEffectFree | kNothrow | kTerminates};
    case Op::ThrowUndefIfNot:
      if (is_const_bool(args[1], false))
        return {bottom(), kAllEffects & ~uint32_t(kNothrow)};
      return {any(), is_const_bool(args[1], true) ? kAllEffects : kAllEffects & ~uint32_t(kNothrow)};
    case Op::ForeignCall:
      return foreign_call(inst, args);
    case Op::Boundscheck:
      return {lat_type(types::Bool), kAllEffects};
    case Op::CopyAst:
      return {lat_type(args[0].type), kEffectFree | kNothrow | kTerminates};
    case Op::TheException:
      return {any(), kEffectFree | kNothrow | kTerminates};
    case Op::GlobalSet:
      return {args[1], kTerminates};
    case Op::Define:
      return {any(), 0};
    default: // NewVar, LoopInfo, Leave, PopException
      return {lat_type(types::Nothing), kConsistent | kNothrow | kTerminates | kEffectFree};
    }
  }

  Transfer copy(Operand source) {
    uint32_t removable = kEffectFree | kTerminates;
    switch (source.kind()) {
    case Operand::Kind::Slot: {
      const MemorySlot &slot = ir_.slots[source.index()];
      return {lat_type(slot.type), kConsistent | removable | (slot.may_be_undefined ? 0u : kNothrow)};
    }
    case Operand::Kind::Global:
      return global(ir_.globals[source.index()]);
    case Operand::Kind::StaticParam:
      return {any(), kConsistent | removable};
    default:
      return {lat_of(ir_, source), kAllEffects};
    }
  }

  Transfer global(GlobalRef *ref) {
    if (Value *value = constant_global(session_, frame_, ref->module, ref->name->name))
      return holds_address(value) ? Transfer{lat_type(type_of(value)), kConstantRead}
                                  : Transfer{lat_const(value), kAllEffects};
    Value *type = owner_of(get_binding_for_read(ref->module, ref->name->name))->type;
    return {lat_type(type ? type : types::Any), kEffectFree | kTerminates};
  }

  Transfer foreign_call(const Inst &inst, Lats args) {
    size_t arguments = inst.count - 2 - ir_.foreign_calls[inst.target].argument_types.size();
    Value *type = instance_type(args[arguments + 1]);
    Value *body = unwrap_union_all(type);
    if (is_instance_of_wrapper(body, types::Ref)) // Ref{T}: an object of type T comes back
      if (Value *referenced = static_cast<DataType *>(body)->parameters->data[0]; is_type(referenced))
        type = referenced;
    return {lat_type(has_free_typevars(type) ? types::Any : type), kTerminates};
  }

  /// Effects and the result's condition, once nothing changes any more.
  void summarize() {
    uint32_t effects = kAllEffects;
    uint32_t returns = 0;
    Operand returned;
    for (uint32_t block : frame_.order) {
      if (!frame_.executable[block])
        continue;
      if (frame_.loop_header[block] && has_live_backedge(block))
        effects &= ~uint32_t(kTerminates);
      for (uint32_t id : ir_.blocks[block].insts) {
        const Inst &inst = ir_.at(id);
        effects &= inst.effects;
        if (inst.op == Op::Return) {
          returns++;
          returned = ir_.args(inst)[0];
        }
        if (ends_here(inst)) {
          effects &= ~uint32_t(kNothrow);
          break;
        }
      }
    }
    if (frame_.source->assume_foldable)
      effects = is_library_word() ? effects | kFoldable | kProven : take_word(effects);
    if (frame_.source->assume_terminates)
      effects |= kTerminates;
    if (frame_.source->assume_nothrow)
      effects |= kNothrow;
    if (returns == 1 && frame_.result.type == types::Bool && !frame_.result.constant)
      frame_.condition = condition_of_result(ir_, returned);
    else
      frame_.condition = ResultCondition();
    if (effects != frame_.effects) {
      frame_.effects = effects;
      notify();
    }
  }

  /// Foldable by the program's word, where that is not proven.
  static uint32_t take_word(uint32_t effects) {
    bool is_proven = (effects & kProven) && (effects & kFoldable) == kFoldable;
    return is_proven ? effects : (effects | kFoldable) & ~uint32_t(kProven);
  }

  bool is_library_word() const {
    const Method *method = frame_.instance->def;
    const Module *root = method ? method->module : modules::Main;
    while (root->parent != root)
      root = root->parent;
    return root != modules::Main && method->file && method->file.text().starts_with("./");
  }

  bool has_live_backedge(uint32_t block) const {
    const auto &preds = ir_.blocks[block].preds;
    for (size_t k = 0; k < preds.size(); k++)
      if (frame_.live_edge[block][k] && frame_.number[preds[k]] >= frame_.number[block])
        return true;
    return false;
  }

  Session &session_;
  Frame &frame_;
  IR &ir_;
};

} // namespace

void mark_dirty(Frame &frame, uint32_t inst) {
  frame.dirty[inst] = 1;
  uint32_t block = frame.ir->at(inst).block;
  if (frame.executable[block])
    queue_block(frame, block);
}

void reset_frame(Session &session, Frame &frame) {
  if (!frame.ir) {
    frame.ir = gc_new<IR>();
    if (session.listed == frame.instance && !frame.is_variant())
      frame.map = gc_new<SsaMap>();
    build_ssa(*frame.source, frame.instance, *frame.ir, frame.map);
    frame.ir->arguments = frame.given;
    index_users(frame);
    index_blocks(frame);
  }
  for (Inst &inst : frame.ir->insts) {
    inst.lat = Lat();
    inst.call = nullptr;
    inst.effects = 0;
  }
  for (MemorySlot &slot : frame.ir->slots)
    slot.type = types::Bottom_;
  frame.result = bottom();
  frame.effects = kAllEffects;
  frame.condition = ResultCondition();
  frame.min_world = 0;
  frame.max_world = kWorldMax;
  frame.edges.clear();
  frame.callees.clear();
  frame.pending.clear();
  frame.dirty.assign(frame.ir->insts.size(), 0);
  frame.executable.assign(frame.ir->blocks.size(), 0);
  frame.live_edge.clear();
  for (const BlockData &block : frame.ir->blocks)
    frame.live_edge.push_back(GcVector<char>(block.preds.size()));
  frame.queued.assign(frame.order.size(), 0);
  enter_block(frame, 0);
}

void run_frame(Session &session, Frame &frame) {
  Propagator(session, frame).run();
}

} // namespace jl::inference
