// SPDX-License-Identifier: MIT
#include "jl/infer/calls.h"

#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::inference {

Value *constant_global(Session &session, Frame &frame, Module *module, Symbol name) {
  Binding *binding = owner_of(get_binding_for_read(module, name));
  add_edge(frame, {Edge::Kind::Binding, reinterpret_cast<Value *>(binding), module, name});
  Value *value = binding->value.load(std::memory_order_acquire);
  if (!value || !binding->is_const || binding->const_world > session.world)
    return nullptr;
  return value;
}

namespace {

// A function: types do not exist yet when this file is initialised.
CallResult unknown_call() {
  return {any(), 0, nullptr};
}

/// The methods for a signature, remembered.
Session::Matches &lookup(Session &session, Value *sig) {
  Session::Matches *&known = (*session.matches)[sig];
  if (known)
    return *known;
  known = gc_new<Session::Matches>();
  known->found = find_methods(sig, session.world, kMaxToldMethods, known->list, known->min, known->max,
                              known->ambiguous);
  return *known;
}

GcVector<Value *> parameters_of(Value *tuple_type) {
  auto *body = static_cast<DataType *>(unwrap_union_all(tuple_type));
  GcVector<Value *> result;
  for (size_t i = 0; i < body->parameters->length; i++) {
    Value *p = body->parameters->data[i];
    if (type_of(p) == types::Vararg_)
      break;
    result.push_back(has_free_typevars(p) ? rewrap_union_all(p, tuple_type) : p);
  }
  return result;
}

/// Are all static parameters of the instance known? Else its body cannot run as it is: dispatch finds one
/// that can.
bool is_runnable(const MethodInstance *instance) {
  for (size_t i = 0; i < instance->sparams->length; i++)
    if (!instance->sparams->data[i] || type_of(instance->sparams->data[i]) == types::TypeVar_)
      return false;
  return true;
}

/// How many arguments of `types` have to be of a concrete type that can be tested for, to be of the types
/// `wanted`. Negative when no such tests tell.
int count_tests(const GcVector<Value *> &types, const GcVector<Value *> &wanted) {
  if (types.size() != wanted.size())
    return -1;
  int tests = 0;
  for (size_t i = 0; i < types.size(); i++) {
    if (is_subtype(types[i], wanted[i]))
      continue;
    if (!is_concrete_type(wanted[i]) || is_kind(wanted[i]))
      return -1;
    tests++;
  }
  return tests;
}

/// Can the methods be told apart, in their order, by testing one or two arguments for each? The last may take
/// what is left.
bool are_told_by_types(const GcVector<Value *> &types, const Session::Matches &matches) {
  constexpr int kMaxTests = 2;
  if (matches.ambiguous)
    return false;
  for (const MethodMatch &match : matches.list) {
    int tests = count_tests(types, parameters_of(match.spec_types));
    bool takes_rest = tests == 0 && match.fully_covers && &match == &matches.list.back();
    if ((tests <= 0 && !takes_rest) || tests > kMaxTests)
      return false;
  }
  return true;
}

struct GenericCall {
  Session &session;
  Frame &frame;
  uint32_t inst;
  Lats args;
  Value *tail;
  CallInfo *info;
  bool told_by_types = false; // which method it is, in the last combination

  /// Call of one method instance with these arguments: `lats` may know more than `types`.
  CallTarget target_of(const MethodMatch &match, Lats lats) {
    CallTarget target;
    target.instance = specialize(match.method, match.spec_types, match.sparams);
    target.covers = match.fully_covers;
    target.frame = generic_frame(session, target.instance);
    if (!require(session, frame, inst, target.frame)) {
      target.result = any();
      return target;
    }
    target.result = target.frame->result;
    target.effects = target.frame->effects;
    if (target.frame->state != Frame::State::Final)
      target.effects &= ~uint32_t(kTerminates);
    else if (!tail && target.covers)
      propagate_constants(session, frame, inst, target, lats);
    if (!target.covers)
      target.effects &= ~uint32_t(kNothrow);
    add_edge(frame, {Edge::Kind::Instance, target.instance});
    return target;
  }

  /// Top-level code runs once: calls in it whose argument types are not known are left to dispatch, which
  /// infers for the values.
  bool is_left_to_dispatch(DataType *sig) const { return !frame.instance->def && !sig->is_dispatch_tuple; }

  /// One combination of argument types. Appends what it reaches to `targets`. False when that is not known,
  /// or would say nothing of the result.
  bool combination(std::span<Value *const> types, Lats lats, GcVector<CallTarget> &targets) {
    GcVector<Value *> parameters(types.begin(), types.end());
    if (tail)
      parameters.push_back(make_vararg(tail, nullptr));
    DataType *sig = make_tuple_type(parameters);
    if (is_left_to_dispatch(sig))
      return false;
    Session::Matches &matches = lookup(session, sig);
    if (!matches.found)
      return false;
    told_by_types = !tail && are_told_by_types(parameters, matches);
    if (matches.list.size() > size_t(kMaxMethods) && !told_by_types)
      return false;
    limit_worlds(frame, matches.min, matches.max);
    for (const MethodMatch &match : matches.list)
      if (grows(match))
        return false;
    for (const MethodMatch &match : matches.list) {
      targets.push_back(target_of(match, lats));
      targets.back().types = parameters_of(match.spec_types);
      // The rest cannot narrow a result that may be anything; nor is it asked for before this one is known.
      if (matches.list.size() > 1 && targets.back().result.type == types::Any)
        return false;
      if (targets.back().frame->state == Frame::State::New)
        return true;
    }
    bool exact = targets.size() == 1 && targets[0].covers && !matches.ambiguous &&
                 types_equal(targets[0].instance->spec_types, sig);
    if (matches.ambiguous)
      for (CallTarget &target : targets)
        target.covers = false, target.effects &= ~uint32_t(kNothrow);
    if (!exact)
      add_edge(frame, {Edge::Kind::Lookup, sig});
    return true;
  }

  /// A method calling itself with ever longer or deeper arguments: the caller widens and asks again, or gives
  /// up.
  bool grows(const MethodMatch &match) const {
    if (match.method != frame.instance->def)
      return false;
    size_t theirs = static_cast<DataType *>(unwrap_union_all(match.spec_types))->parameters->length;
    size_t ours = static_cast<DataType *>(unwrap_union_all(frame.instance->spec_types))->parameters->length;
    return theirs > ours && theirs > 24;
  }
};

Value *widened_argument(const Lat &a, int depth) {
  if (a.constant && is_type(a.constant) && type_depth(a.type) <= kMaxTypeDepth + 4)
    return a.type;
  return widen_type(a.type, depth);
}

/// Splits union arguments into combinations of their members, first argument slowest. Empty when there is
/// nothing to split.
GcVector<GcVector<Value *>> split_unions(const GcVector<Value *> &types) {
  GcVector<GcVector<Value *>> members(types.size());
  size_t product = 1;
  for (size_t i = 0; i < types.size(); i++) {
    union_members(types[i], members[i]);
    if (product * members[i].size() > size_t(kMaxSplit))
      members[i].assign(1, types[i]);
    product *= members[i].size();
  }
  GcVector<GcVector<Value *>> result;
  if (product == 1)
    return result;
  for (size_t n = 0; n < product; n++) {
    GcVector<Value *> one(types.size());
    size_t rest = n;
    for (size_t i = types.size(); i-- > 0;) {
      one[i] = members[i][rest % members[i].size()];
      rest /= members[i].size();
    }
    result.push_back(one);
  }
  return result;
}

CallResult finish(GenericCall &call, GcVector<CallTarget> targets, bool split, bool complete) {
  CallInfo *info = call.info;
  CallResult result{bottom(), kAllEffects, info};
  for (const CallTarget &target : targets) {
    result.lat = join(result.lat, target.result);
    result.effects &= target.effects;
  }
  info->split = split;
  info->targets = std::move(targets);
  if (!complete)
    return {any(), 0, info};
  if (info->targets.empty())
    result.effects = kConsistent | kEffectFree | kTerminates; // a MethodError
  return result;
}

/// Which of several methods runs is told by tests of types: a split by method. What is to run when the tests
/// for `target` hold becomes known to be that; code for abstract arguments is left to dispatch, unless its
/// result is all there is to it. False when all are.
bool split_by_method(GcVector<CallTarget> &targets) {
  bool some_known = false;
  for (CallTarget &target : targets) {
    target.effects |= target.frame->effects & kNothrow;
    bool is_constant = target.result.constant && (target.effects & kRemovable) == kRemovable;
    if (is_constant || (is_runnable(target.instance) && suits_values(target.instance)))
      some_known = true;
    else
      target.instance = nullptr;
  }
  return some_known;
}

CallResult split_call(GenericCall &call, const GcVector<GcVector<Value *>> &combinations) {
  GcVector<CallTarget> all;
  bool any_resolved = false, complete = true;
  for (const auto &types : combinations) {
    GcVector<Lat> lats;
    for (size_t i = 0; i < types.size(); i++)
      lats.push_back(is_union(call.args[i].type) ? lat_type(types[i]) : call.args[i]);
    GcVector<CallTarget> reached;
    if (!call.combination(types, lats, reached)) {
      complete = false;
      all.push_back({.types = types, .result = any()});
      continue;
    }
    if (reached.size() == 1 && reached[0].covers && is_runnable(reached[0].instance)) {
      any_resolved = true;
      reached[0].types = types;
      all.push_back(reached[0]);
      continue;
    }
    // Left to dispatch at run time.
    CallTarget dynamic{.types = types, .result = bottom(), .effects = kAllEffects & ~uint32_t(kNothrow)};
    for (const CallTarget &target : reached) {
      dynamic.result = join(dynamic.result, target.result);
      dynamic.effects &= target.effects;
    }
    all.push_back(dynamic);
  }
  call.info->resolved = any_resolved;
  return finish(call, std::move(all), true, complete);
}

} // namespace

/// Would the call infer the method being inferred for larger and deeper types, and so on for ever? The types
/// alone decide, before any frame is asked for.
static bool is_deep_recursion(const GenericCall &call, const GcVector<Value *> &types) {
  GcVector<Value *> parameters(types);
  if (call.tail)
    parameters.push_back(make_vararg(call.tail, nullptr));
  MethodInstance *own = call.frame.instance;
  for (const MethodMatch &match : lookup(call.session, make_tuple_type(parameters)).list)
    if (match.method == own->def && type_depth(match.spec_types) > kMaxRecursiveTypeDepth + 1 &&
        type_size(match.spec_types) > type_size(own->spec_types))
      return true;
  return false;
}

static GcVector<Value *> cut_deeper(const GcVector<Value *> &types) {
  GcVector<Value *> cut;
  for (Value *type : types)
    cut.push_back(widened_argument(Lat{type}, kMaxRecursiveTypeDepth - 1));
  return cut;
}

CallResult infer_generic(Session &session, Frame &frame, uint32_t inst, Lats args, Value *tail) {
  if (args.size() > kMaxCallArguments)
    return unknown_call();
  GcVector<Value *> types;
  for (const Lat &a : args)
    types.push_back(widened_argument(a, kMaxTypeDepth));
  if (types[0] == types::Any || types[0] == types::Function)
    return unknown_call();
  auto *info = gc_new<CallInfo>();
  info->args.assign(args.begin(), args.end());
  GenericCall call{session, frame, inst, args, tail, info};
  if (!tail)
    if (GcVector<GcVector<Value *>> combinations = split_unions(types); !combinations.empty())
      return split_call(call, combinations);
  GcVector<CallTarget> targets;
  if (!call.combination(is_deep_recursion(call, types) ? cut_deeper(types) : types, args, targets))
    return {any(), 0, nullptr};
  info->resolved = targets.size() == 1 && targets[0].covers && !tail && is_runnable(targets[0].instance);
  bool has_tests = targets.size() > 1 || (targets.size() == 1 && !targets[0].covers);
  bool by_method = !info->resolved && call.told_by_types && has_tests && split_by_method(targets);
  if (by_method) {
    info->resolved = true;
    if (!targets.back().covers) // a MethodError
      targets.push_back({.types = types, .result = bottom(), .effects = kAllEffects & ~uint32_t(kNothrow)});
  }
  CallResult result = finish(call, std::move(targets), by_method, true);
  if (by_method)
    return result;
  if (info->resolved)
    if (Value *value = evaluate_call(session, info->targets[0], args)) {
      if (!(info->targets[0].effects & kProven))
        add_edge(frame, {Edge::Kind::Word, info->targets[0].instance});
      info->folded = value;
      result.lat = lat_const(value);
      result.effects = kAllEffects;
    }
  return result;
}

static CallResult infer_getglobal(Session &session, Frame &frame, Lats args) {
  if (args.size() < 3 || !args[1].constant || !args[2].constant ||
      type_of(args[1].constant) != types::Module_ || !is_symbol(args[2].constant))
    return {any(), kEffectFree | kTerminates};
  auto *module = static_cast<Module *>(args[1].constant);
  if (Value *value = constant_global(session, frame, module, symbol_of(args[2].constant)))
    return holds_address(value) ? CallResult{any(), kEffectFree | kTerminates}
                                : CallResult{lat_const(value), kAllEffects};
  return {any(), kEffectFree | kTerminates};
}

CallResult infer_call(Session &session, Frame &frame, uint32_t inst, Lats args) {
  Value *callee = args[0].constant;
  if (Value *result = opaque_closure_result(args[0].type)) // whatever it does, in whatever world
    return {Lat{result}, 0};
  if (!callee)
    return infer_generic(session, frame, inst, args, nullptr);
  if (type_of(callee) == types::IntrinsicFunction) {
    Transfer t = transfer_intrinsic(session.task, intrinsic_of(callee), args.subspan(1));
    return {t.lat, t.effects};
  }
  if (callee == session.return_type_function)
    return infer_return_type_call(session, frame, inst, args);
  Builtin builtin = builtin_of(callee);
  switch (builtin) {
  case Builtin::kCount:
    return infer_generic(session, frame, inst, args, nullptr);
  case Builtin::apply_iterate:
    return infer_apply(session, frame, inst, args);
  case Builtin::invoke:
    return infer_invoke(session, frame, inst, args);
  case Builtin::call_latest:
    return unknown_call();
  case Builtin::getglobal:
    return infer_getglobal(session, frame, args);
  case Builtin::getfield:
    if (args.size() >= 3 && args[1].type == types::Module_)
      return infer_getglobal(session, frame, args);
    [[fallthrough]];
  default: {
    Transfer t = transfer_builtin(session.task, builtin, args.subspan(1));
    return {t.lat, t.effects};
  }
  }
}

CallResult infer_return_type_call(Session &session, Frame &frame, uint32_t inst, Lats args) {
  const CallResult unknown{Lat{types::Type}, kEffectFree | kTerminates, nullptr};
  Value *tuple = args.size() == 3 ? exact_type_value(args[2]) : nullptr;
  if (!tuple || type_of(tuple) != types::DataType_ || !is_tuple_type(tuple) || field_count(tuple) < 0)
    return unknown;
  bool is_one_function =
      args[1].constant || (is_concrete_type(args[1].type) && !is_subtype(args[1].type, types::Type));
  if (!is_one_function) // it will be, when the question is asked
    return unknown;
  GcVector<Lat> lats{lat_type(args[1].type)};
  for (int64_t i = 0; i < field_count(tuple); i++)
    lats.push_back(lat_type(field_type(tuple, size_t(i))));
  CallResult call = infer_call(session, frame, inst, lats);
  // An estimate is not an answer: wait for callees, and do not ask about the own component.
  for (const CallTarget &target : call.info ? call.info->targets : GcVector<CallTarget>())
    for (Frame *callee : {target.frame, target.variant})
      if (callee && callee->state != Frame::State::Final)
        return callee->state == Frame::State::New ? CallResult{bottom(), kAllEffects, nullptr} : unknown;
  return {lat_const(is_bottom(call.lat) ? types::Bottom_ : call.lat.type), kAllEffects, nullptr};
}

CallResult infer_invoke(Session &session, Frame &frame, uint32_t inst, Lats args) {
  Value *tuple = args.size() >= 3 ? exact_type_value(args[2]) : nullptr;
  if (!tuple || !is_tuple_type(tuple) || type_of(tuple) != types::DataType_)
    return unknown_call();
  GcVector<Value *> parameters{args[1].type}, actual{args[1].type};
  auto *asked = static_cast<DataType *>(tuple);
  parameters.insert(parameters.end(), asked->parameters->data,
                    asked->parameters->data + asked->parameters->length);
  GcVector<Lat> lats{args[1]};
  for (size_t i = 3; i < args.size(); i++) {
    lats.push_back(args[i]);
    actual.push_back(args[i].type);
  }
  Value *sig = make_tuple_type(parameters);
  Session::Matches &matches = lookup(session, sig);
  add_edge(frame, {Edge::Kind::Lookup, sig});
  if (!matches.found || matches.list.empty() || !matches.list[0].fully_covers)
    return unknown_call();
  limit_worlds(frame, matches.min, matches.max);
  Value *given = make_tuple_type(actual);
  if (!is_subtype(given, sig))
    return {any(), 0, nullptr};
  MethodMatch match = matches.list[0];
  GcVector<Value *> sparams;
  match.spec_types = intersect_with_sparams(given, match.method->sig, sparams);
  match.sparams = new_svec(session.task, sparams);
  auto *info = gc_new<CallInfo>();
  info->args = lats;
  info->is_invoke = info->resolved = true;
  GenericCall call{session, frame, inst, lats, nullptr, info};
  info->targets.push_back(call.target_of(match, lats));
  if (!is_runnable(info->targets[0].instance))
    return {info->targets[0].result, info->targets[0].effects, nullptr};
  return {info->targets[0].result, info->targets[0].effects, info};
}

} // namespace jl::inference
