// SPDX-License-Identifier: MIT
// Constant propagation into calls: running them at compile time, or inferring the callee again with what is
// known.
//
// Whether it is tried depends on the callee's final generic result, its size and the arguments; how deep, on
// how many variants lie between the call and a generic frame. Nothing depends on what was inferred before.
#include "jl/infer/calls.h"

#include "jl/infer/guard.h"
#include "jl/infer/infer.h"

namespace jl {
static thread_local int evaluations = 0;
bool infer_is_evaluating() {
  return evaluations > 0;
}
} // namespace jl

namespace jl::inference {

namespace {

constexpr int kMaxVariantDepth = 6;
constexpr size_t kMaxRefinedStatements = 400; // bodies inferred again for a better result type
constexpr size_t kMaxFlagStatements = 120;    // bodies that may shrink when a flag is known

bool is_flag(const Lat &a) {
  return a.constant && (a.type == types::Bool || a.type == types::Symbol_ || is_type(a.constant));
}

/// Arguments of the frame's shape: a vararg gathered into one tuple.
bool arrange(const Frame &generic, Lats args, GcVector<Lat> &given) {
  const CodeInfo &source = *generic.source;
  size_t plain = source.is_vararg ? source.nargs - 1 : source.nargs;
  if (args.size() < plain || (!source.is_vararg && args.size() != plain))
    return false;
  for (size_t i = 0; i < plain; i++) {
    const Lat &known = generic.given[i];
    given.push_back(below(args[i], known) ? args[i] : meet(args[i], known.type));
    if (is_bottom(given.back()))
      return false;
  }
  if (source.is_vararg)
    given.push_back(lat_tuple(args.subspan(plain)));
  return true;
}

bool says_more(const Lat &given, const Lat &generic) {
  return !same(given, generic) && !below(generic, given);
}

/// A number, say: what the optimiser folds as well after inlining.
bool is_plain_constant(const Lat &a) {
  return a.constant && type_of(a.type) == types::DataType_ && static_cast<DataType *>(a.type)->is_primitive;
}

bool is_straight_line(const Frame &frame) {
  return frame.optimized && frame.optimized->blocks.size() == 1 && frame.optimized->inline_cost <= 20;
}

bool worth_it(const Frame &generic, const GcVector<Lat> &given) {
  bool more = false, flag = false, narrower = false, plain = true;
  for (size_t i = 0; i < given.size(); i++) {
    if (!says_more(given[i], generic.given[i]))
      continue;
    more = true;
    flag |= is_flag(given[i]);
    narrower |= given[i].type != generic.given[i].type;
    plain &= is_plain_constant(given[i]);
    if (given[i].partial)
      for (const Lat &field : given[i].partial->fields)
        flag |= is_flag(field);
  }
  const CodeInfo &source = *generic.source;
  if (!more || source.constprop_none || is_bottom(generic.result))
    return false;
  if (generic.result.constant && (generic.effects & kRemovable) == kRemovable)
    return false;
  if (source.constprop_aggressive)
    return true;
  bool concrete = generic.result.constant || is_concrete_type(generic.result.type);
  bool inlineable = source.declared_inline || (generic.optimized && generic.optimized->inlineable);
  if (inlineable && plain && !flag && concrete && static_cast<DataType *>(generic.result.type)->is_primitive)
    return false;
  if (inlineable)
    return !(concrete && is_straight_line(generic));
  size_t size = source.statements.size();
  return (!concrete && size <= kMaxRefinedStatements) || ((flag || narrower) && size <= kMaxFlagStatements);
}

} // namespace

Value *evaluate_call(Session &session, const CallTarget &target, Lats args) {
  if (!target.frame || target.frame->state != Frame::State::Final || !target.instance->def ||
      !target.frame->code || (target.effects & kFoldable) != kFoldable || args.size() > 64)
    return nullptr;
  Value *values[64];
  for (size_t i = 0; i < args.size(); i++) {
    if (!args[i].constant)
      return nullptr;
    values[i] = args[i].constant;
  }
  Task *task = session.task;
  uint64_t world = task->world;
  task->world = session.world;
  evaluations++;
  int held = give_up_lock();
  Value *result = run_guarded(task, [&] {
    return invoke_instance(task, target.instance, values[0], values + 1, uint32_t(args.size() - 1));
  });
  take_lock_again(held);
  evaluations--;
  task->world = world;
  return result && is_storable_constant(result) && !holds_address(result) ? result : nullptr;
}

void propagate_constants(Session &session, Frame &frame, uint32_t inst, CallTarget &target, Lats args) {
  Frame *generic = target.frame;
  if (frame.depth >= kMaxVariantDepth || !generic->source || !generic->code ||
      in_same_component(frame, *generic))
    return;
  GcVector<Lat> given;
  if (!arrange(*generic, args, given) || !worth_it(*generic, given))
    return;
  Frame *variant = variant_frame(session, generic, std::move(given), frame.depth + 1);
  if (!require(session, frame, inst, variant))
    return;
  target.variant = variant;
  if (variant->state == Frame::State::Final && !below(variant->result, generic->result))
    target.result = generic->result;
  else
    target.result = variant->result;
  target.effects |= variant->effects;
  if (variant->state != Frame::State::Final)
    target.effects &= ~uint32_t(kTerminates);
}

} // namespace jl::inference
