// SPDX-License-Identifier: MIT
// Splatting: what f(xs...) calls.
#include "jl/infer/calls.h"

namespace jl::inference {

namespace {

constexpr int kMaxIterations = 8; // rounds of the iterate protocol until the state's type must stand still

struct Elements {
  GcVector<Lat> fixed;
  Value *tail = nullptr; // type of further elements in unknown number
  bool pending = false;  // not known yet
  bool plain = true;     // only tuples and NamedTuples so far: the optimiser can take them apart
};

void add_tail(Elements &out, Value *type) {
  out.tail = out.tail ? join_types(out.tail, type) : type;
}

void add_element(Elements &out, const Lat &element) {
  if (out.tail)
    add_tail(out, element.type);
  else
    out.fixed.push_back(element);
}

bool add_tuple(Elements &out, const Lat &collection) {
  Value *type = collection.type;
  if (!is_tuple_type(type) && !(is_named_tuple_type(type) && is_concrete_type(type)))
    return false;
  if (type_of(type) != types::DataType_)
    return false;
  int64_t n = field_count(type);
  if (n >= 0) {
    for (int64_t i = 0; i < n; i++)
      add_element(out, field_of(collection, size_t(i)));
    return true;
  }
  auto *tuple = static_cast<DataType *>(type);
  for (size_t i = 0; i < tuple->parameters->length; i++) {
    Value *p = tuple->parameters->data[i];
    if (type_of(p) != types::Vararg_) {
      add_element(out, lat_type(p));
      continue;
    }
    Value *element = static_cast<Vararg *>(p)->t;
    add_tail(out, element ? element : types::Any);
  }
  out.plain = false;
  return true;
}

bool add_array(Elements &out, const Lat &collection) {
  if (!is_instance_of_wrapper(collection.type, types::Array))
    return false;
  Value *element = static_cast<DataType *>(collection.type)->parameters->data[0];
  if (!is_type(element))
    return false;
  add_tail(out, element);
  out.plain = false;
  return true;
}

/// Any other collection: the types that iterate gives for it.
bool add_iterated(Elements &out, Session &session, Frame &frame, uint32_t inst, const Lat &iterate,
                  const Lat &collection) {
  out.plain = false;
  Lat args[] = {iterate, collection, bottom()};
  Lat step = infer_generic(session, frame, inst, {args, 2}, nullptr).lat;
  Value *element = types::Bottom_;
  Lat state = bottom();
  for (int round = 0; round < kMaxIterations; round++) {
    if (is_bottom(step)) {
      out.pending = true;
      return true;
    }
    Lat item = subtract(step, types::Nothing);
    if (is_bottom(item))
      break;
    if (!is_tuple_type(item.type) || field_count(item.type) != 2)
      return false;
    element = join_types(element, field_of(item, 0).type);
    Lat next = widen_constant(field_of(item, 1));
    if (below(next, state))
      break;
    if (round + 1 == kMaxIterations)
      return false;
    args[2] = state = join(state, next);
    step = infer_generic(session, frame, inst, {args, 3}, nullptr).lat;
  }
  if (element != types::Bottom_)
    add_tail(out, element);
  return true;
}

void add_collection(Elements &out, Session &session, Frame &frame, uint32_t inst, const Lat &iterate,
                    const Lat &collection) {
  if (collection.constant && type_of(collection.constant) == types::SimpleVector_) {
    auto *svec = static_cast<SimpleVector *>(collection.constant);
    for (size_t i = 0; i < svec->length; i++)
      add_element(out, lat_const(svec->data[i]));
    return;
  }
  if (add_tuple(out, collection) || add_array(out, collection))
    return;
  if (collection.type == types::SimpleVector_ || collection.type == types::Any) {
    out.plain = false;
    return add_tail(out, types::Any);
  }
  if (!add_iterated(out, session, frame, inst, iterate, collection))
    add_tail(out, types::Any);
}

CallResult call_with_tail(Session &session, Frame &frame, uint32_t inst, const Elements &all) {
  Value *callee = all.fixed[0].constant;
  if (callee && builtin_of(callee) == Builtin::tuple) {
    GcVector<Value *> parameters;
    for (size_t i = 1; i < all.fixed.size(); i++)
      parameters.push_back(all.fixed[i].constant && is_type(all.fixed[i].constant)
                               ? type_of(all.fixed[i].constant)
                               : all.fixed[i].type);
    parameters.push_back(make_vararg(all.tail, nullptr));
    return {Lat{make_tuple_type(parameters)}, kConsistent | kTerminates};
  }
  if (callee && (type_of(callee) == types::IntrinsicFunction || builtin_of(callee) != Builtin::kCount))
    return {any(), 0};
  CallResult result = infer_generic(session, frame, inst, all.fixed, all.tail);
  return {result.lat, result.effects & ~uint32_t(kNothrow), nullptr};
}

} // namespace

CallResult infer_apply(Session &session, Frame &frame, uint32_t inst, Lats args) {
  if (args.size() < 3)
    return {any(), 0};
  Elements all;
  all.fixed.push_back(args[2]);
  for (size_t i = 3; i < args.size(); i++) {
    add_collection(all, session, frame, inst, args[1], args[i]);
    if (all.pending)
      return {bottom(), kAllEffects};
    if (all.fixed.size() > kMaxSplatElements)
      return {any(), 0};
  }
  if (all.tail)
    return call_with_tail(session, frame, inst, all);
  CallResult result = infer_call(session, frame, inst, all.fixed);
  if (!all.plain)
    return {result.lat, result.effects & ~uint32_t(kEffectFree | kNothrow), nullptr};
  if (!result.info) {
    result.info = gc_new<CallInfo>();
    result.info->args = all.fixed;
  }
  // Nested splatting and invoke keep their own shape: only the outermost splat is taken apart here.
  if (!result.info->is_apply && !result.info->is_invoke && result.info->args.size() == all.fixed.size())
    result.info->is_apply = true;
  else
    result.info = nullptr;
  return result;
}

} // namespace jl::inference
