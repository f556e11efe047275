// SPDX-License-Identifier: MIT
// What a branch's condition says about the values it tested.
#include "jl/infer/calls.h"

namespace jl::inference {

namespace {

/// The value looked for and what is known of it so far.
struct Query {
  const IR &ir;
  Operand value;
};

Lat narrow(const Query &q, Operand condition, bool sense, Lat lat, int depth);

Lat narrow_egal(const Query &q, std::span<const Operand> args, bool sense, Lat lat) {
  for (int side = 0; side < 2; side++) {
    Lat other = lat_of(q.ir, args[2 - side]);
    Operand tested = args[1 + side];
    if (tested == q.value) {
      if (sense && other.constant)
        return below(other, lat) || !never_isa(other, lat.type) ? other : bottom();
      if (sense)
        return meet(lat, other.type);
      if (other.constant && type_of(other.constant)->instance == other.constant)
        return subtract(lat, other.type);
      if (other.constant && lat.type == types::Bool)
        return lat_bool(other.constant == lat_bool(false).constant);
    }
    // typeof(value) === T
    Value *type = exact_type_value(other);
    if (!type || !is_ssa(tested) || !is_concrete_type(type))
      continue;
    const Inst &inner = q.ir.at(tested.index());
    if (inner.op == Op::Call && inner.count == 2 && q.ir.args(inner)[1] == q.value) {
      Lat callee = lat_of(q.ir, q.ir.args(inner)[0]);
      if (callee.constant && builtin_of(callee.constant) == Builtin::typeof_)
        return sense ? meet(lat, type) : subtract(lat, type);
    }
  }
  return lat;
}

Lat narrow_isa(const Query &q, std::span<const Operand> args, bool sense, Lat lat) {
  Value *type = exact_type_value(lat_of(q.ir, args[2]));
  if (args[1] != q.value || !type)
    return lat;
  return sense ? meet(lat, type) : subtract(lat, type);
}

/// The branches of a union split (or several methods) that can give `sense`: the value has one of their
/// types.
Lat narrow_targets(const Query &q, std::span<const Operand> args, const CallInfo &info, bool sense, Lat lat) {
  for (size_t k = 1; k < args.size(); k++) {
    if (args[k] != q.value)
      continue;
    GcVector<Value *> members;
    for (const CallTarget &target : info.targets)
      if (!is_bottom(target.result) && !is_const_bool(target.result, !sense)) {
        if (k >= target.types.size())
          return lat;
        members.push_back(target.types[k]);
      }
    if (members.empty())
      return bottom();
    return meet(lat, make_union(members));
  }
  return lat;
}

Lat narrow_generic(const Query &q, std::span<const Operand> args, const CallInfo &info, bool sense, Lat lat,
                   int depth) {
  if (info.args.size() != args.size() || info.is_apply || info.is_invoke)
    return lat;
  if (info.targets.size() > 1 && !info.targets.empty())
    return info.resolved ? narrow_targets(q, args, info, sense, lat) : lat;
  if (info.targets.size() != 1 || !info.resolved || info.targets[0].frame->state != Frame::State::Final)
    return lat;
  const ResultCondition &c = info.targets[0].frame->condition;
  if (c.argument < 0 || size_t(c.argument) >= args.size() || info.targets[0].frame->source == nullptr)
    return lat;
  const Lat &learnt = sense ? c.when_true : c.when_false;
  Operand tested = args[size_t(c.argument)];
  if (tested == q.value) {
    if (is_bottom(learnt))
      return bottom();
    return below(learnt, lat) ? learnt : meet(lat, learnt.type);
  }
  if (is_const_bool(learnt, true) || is_const_bool(learnt, false))
    return narrow(q, tested, is_const_bool(learnt, true), lat, depth + 1);
  return lat;
}

Lat narrow(const Query &q, Operand condition, bool sense, Lat lat, int depth) {
  if (condition == q.value)
    return never_isa(lat, types::Bool) ? bottom() : lat_bool(sense);
  if (!is_ssa(condition) || depth > 4)
    return lat;
  const Inst &inst = q.ir.at(condition.index());
  if (inst.op != Op::Call)
    return lat;
  std::span<const Operand> args = q.ir.args(inst);
  Lat callee = lat_of(q.ir, args[0]);
  if (!callee.constant)
    return inst.call ? narrow_generic(q, args, *inst.call, sense, lat, depth) : lat;
  if (intrinsic_of(callee.constant) == Intrinsic::not_int && args.size() == 2)
    return narrow(q, args[1], !sense, lat, depth + 1);
  Builtin builtin = builtin_of(callee.constant);
  if (builtin == Builtin::egal && args.size() == 3)
    return narrow_egal(q, args, sense, lat);
  if (builtin == Builtin::isa && args.size() == 3)
    return narrow_isa(q, args, sense, lat);
  return inst.call ? narrow_generic(q, args, *inst.call, sense, lat, depth) : lat;
}

void collect_arguments(const IR &ir, Operand o, int depth, GcVector<Operand> &out) {
  if (o.kind() == Operand::Kind::Argument)
    out.push_back(o);
  if (!is_ssa(o) || depth > 3 || ir.at(o.index()).op != Op::Call)
    return;
  for (Operand inner : ir.args(ir.at(o.index())))
    collect_arguments(ir, inner, depth + 1, out);
}

} // namespace

Lat refine_pi(const IR &ir, const Inst &pi) {
  std::span<const Operand> args = ir.args(pi);
  Lat lat = lat_of(ir, args[0]);
  if (args.size() < 2 || is_bottom(lat))
    return lat;
  Lat narrowed = narrow({ir, args[0]}, args[1], pi.target != 0, lat, 0);
  return narrowed;
}

ResultCondition condition_of_result(const IR &ir, Operand result) {
  GcVector<Operand> candidates;
  collect_arguments(ir, result, 0, candidates);
  for (Operand argument : candidates) {
    Lat lat = lat_of(ir, argument);
    Lat when_true = narrow({ir, argument}, result, true, lat, 0);
    Lat when_false = narrow({ir, argument}, result, false, lat, 0);
    if (!same(when_true, lat) || !same(when_false, lat))
      return {int32_t(argument.index()), when_true, when_false};
  }
  return {};
}

} // namespace jl::inference
