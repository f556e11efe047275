// SPDX-License-Identifier: MIT
// From solved frames to code instances: optimise, flatten, record edges, install.
#include "jl/infer/optimize.h"

namespace jl::inference {

static void (*installed_hook)(Task *, CodeInstance *) = nullptr;

static bool same_constant(const Value *a, const Value *b) {
  return a == b || (a && b && egal(a, b));
}

/// What an earlier session knew of the instance, where this one has come to the same.
static CodeInstance *known_code(const Frame &frame, const Lat &result) {
  CodeInstance *code = frame.bare;
  bool is_same = code && !code->inferred && code->effects == frame.effects &&
                 same_constant(code->rettype_const, result.constant) &&
                 types_equal(code->rettype, result.type);
  if (!is_same)
    return nullptr;
  for (uint64_t max = code->max_world.load(); max > frame.max_world;)
    if (code->max_world.compare_exchange_weak(max, frame.max_world))
      break;
  return code;
}

static CodeInstance *make_code(Frame &frame) {
  Lat result = frame.result.known() ? frame.result : bottom();
  if (CodeInstance *code = known_code(frame, result))
    return code;
  CodeInstance *code =
      new_code_instance(frame.instance, result.type, result.constant, frame.min_world, frame.max_world);
  code->effects = frame.effects;
  code->is_inferred = true;
  return code;
}

static void finish_frame(Session &session, Frame &frame) {
  optimize(session.task, frame);
  TypedIR *typed = finish_ir(*frame.ir);
  typed->result = ty_of(frame.result);
  typed->noinline = frame.source->declared_noinline;
  typed->inline_cost = inline_cost(*frame.ir);
  uint32_t limit = frame.source->declared_inline ? kDeclaredInlineThreshold : kInlineThreshold;
  typed->inlineable = !typed->noinline && typed->inline_cost <= limit;
  typed->inference = &frame;
  frame.optimized = typed;
  frame.code->inferred = typed;
}

static void record_edges(const Frame &frame) {
  if (!frame.instance->def)
    return; // a thunk runs once, in the world it was inferred for
  for (const Edge &edge : frame.edges)
    switch (edge.kind) {
    case Edge::Kind::Instance:
      jl::add_edge(static_cast<MethodInstance *>(edge.what), frame.code);
      break;
    case Edge::Kind::Lookup:
      add_lookup_edge(edge.what, frame.code);
      break;
    case Edge::Kind::Binding:
      add_binding_edge(reinterpret_cast<Binding *>(edge.what), frame.code);
      break;
    case Edge::Kind::Word: // its instance is an edge of its own
      break;
    }
}

/// What only an active frame needs.
static void release(Frame &frame) {
  frame.ir = nullptr;
  frame.dirty = {};
  frame.executable = {};
  frame.live_edge = {};
  frame.users = {};
  frame.slot_users = {};
  frame.order = {};
  frame.number = {};
  frame.queued = {};
  frame.loop_header = {};
  frame.pending = {};
  frame.callees = {};
  frame.session = nullptr;
  frame.has_work = false;
}

/// Code evaluated at compile time may have needed the same instances: then they are inferred and installed
/// already, with the same results, and one code instance for each is enough.
static bool adopt_installed(Session &session, std::span<Frame *const> members) {
  for (Frame *frame : members)
    if (CodeInstance *code = installed_code(frame->instance, session.world);
        frame->is_variant() || frame->map || !code || is_bare(code))
      return false;
  for (Frame *frame : members) {
    frame->code = installed_code(frame->instance, session.world);
    frame->optimized = frame->code->inferred;
    frame->state = Frame::State::Final;
    release(*frame);
  }
  return true;
}

void finalize_component(Session &session, std::span<Frame *const> members) {
  if (adopt_installed(session, members))
    return;
  for (Frame *frame : members)
    frame->code = make_code(*frame);
  for (Frame *frame : members) {
    if (frame->map)
      continue; // a listing wants the IR as it was inferred, and nothing installed
    finish_frame(session, *frame);
  }
  for (Frame *frame : members) {
    frame->state = Frame::State::Final;
    if (frame->map)
      continue;
    record_edges(*frame);
    release(*frame);
    if (!frame->is_variant())
      frame->code = install_code_instance(frame->instance, frame->code);
  }
  for (Frame *frame : members)
    if (installed_hook && !frame->is_variant() && !frame->map)
      installed_hook(session.task, frame->code);
}

void set_installed_hook(void (*hook)(Task *, CodeInstance *)) {
  installed_hook = hook;
}

} // namespace jl::inference
