// SPDX-License-Identifier: MIT
// Solving frames: depth first over an explicit stack, one strongly connected component of callers and callees
// at a time.
//
// A frame that needs a new callee waits below it on the stack. When the lowest frame of a component has
// nothing left to do, the members are known, and the component is solved once more from nothing, in an order
// given by the methods' names and types. So its results depend on its members alone and not on which of them
// was asked for first (the first pass only finds out who the members are). Frames whose calls turned out to
// leave the component are split off and solved on their own.
#include <algorithm>
#include <string>

#include "jl/infer/frame.h"
#include "jl/infer/guard.h"
#include "jl/runtime/made_code.h"
#include "jl/runtime/values.h"
#include "jl/support/numbered_order.h"

namespace jl::inference {

namespace {

uint32_t next_component() {
  static uint32_t counter = 0; // under inference's lock; only compared for equality
  return ++counter;
}

/// A frame for code whose insides are not known: native, dropped, or not to be lowered.
Frame *opaque_frame(MethodInstance *instance, CodeInstance *code, Lat result) {
  auto *frame = gc_new<Frame>();
  frame->instance = instance;
  frame->generic = frame;
  frame->state = Frame::State::Final;
  frame->component = next_component();
  frame->code = code;
  frame->result = result;
  frame->effects = code ? code->effects : 0;
  return frame;
}

CodeInfo *source_of(Task *task, MethodInstance *instance) {
  if (!instance->def)
    return instance->thunk;
  // A generator is asked for the types of actual calls only.
  if (instance->def->is_generated && !is_dispatch_tuple(instance->spec_types))
    return nullptr;
  return static_cast<CodeInfo *>(
      run_guarded(task, [&]() -> Value * { return instance_source(task, instance); }));
}

// --- Canonical order --------------------------------------------------------------------------------------

/// Text that tells constants apart without saying where they are. Objects that may change are alike if their
/// types are.
void append_constant(std::string &key, Value *v) {
  DataType *type = type_of(v);
  key += is_type(v) ? type_to_string(v) : type_to_string(type);
  if (type == types::Symbol_)
    key += ":" + std::string(static_cast<SymbolValue *>(v)->name.text());
  else if (type == types::Module_)
    key += ":" + module_path(static_cast<Module *>(v));
  else if (type->is_bits || type == types::String_)
    key += ":" + std::to_string(object_id(v)); // of its content
  else if (!is_type(v) && !type->name->is_mutable && type->layout)
    for (uint32_t i = 0; i < type->layout->nfields; i++)
      if (is_field_defined(v, i))
        append_constant(key += ",", get_field(current_task(), v, i));
}

std::string key_of(const Frame &frame) {
  MethodInstance *instance = frame.instance;
  std::string key;
  if (Method *method = instance->def) {
    key = module_path(method->module) + "." + std::string(method->name.text()) + "#" +
          std::to_string(method->ordinal);
    key += " " + type_to_string(method->sig) + " ";
  }
  if (instance->spec_types)
    key += type_to_string(instance->spec_types);
  key += "/" + std::to_string(frame.depth);
  if (!frame.is_variant())
    return key;
  for (const Lat &a : frame.given) {
    key += " " + type_to_string(a.type);
    if (a.constant)
      append_constant(key += "=", a.constant);
  }
  return key;
}

void sort_canonically(GcVector<Frame *> &members) {
  std::vector<std::pair<std::string, size_t>> keys; // the frames stay reachable through `members`
  for (size_t i = 0; i < members.size(); i++)
    keys.push_back({key_of(*members[i]), i});
  std::sort(keys.begin(), keys.end(), [](auto &a, auto &b) {
    int order = compare_numbered(a.first, b.first);
    return order != 0 ? order < 0 : a.second < b.second;
  });
  GcVector<Frame *> sorted;
  for (auto &[key, i] : keys)
    sorted.push_back(members[i]);
  members = sorted;
}

// --- Components -------------------------------------------------------------------------------------------

bool calls_itself(const Frame *frame) {
  return std::find(frame->callees.begin(), frame->callees.end(), frame) != frame->callees.end();
}

/// Strongly connected components of `members` under their present callees; callees' components first.
/// Iterative Tarjan.
class Components {
public:
  explicit Components(const GcVector<Frame *> &members) : members_(members) {}

  GcVector<GcVector<Frame *>> run() {
    for (Frame *m : members_)
      m->index = m->low = 0, m->on_stack = true; // on_stack: belongs to the members and has no component yet
    for (Frame *root : members_)
      if (root->index == 0)
        walk(root);
    return std::move(found_);
  }

private:
  void walk(Frame *root) {
    enter(root);
    while (!path_.empty()) {
      auto &[frame, next] = path_.back();
      if (next < frame->callees.size())
        follow(frame, frame->callees[next++]);
      else
        leave();
    }
  }

  void enter(Frame *frame) {
    frame->index = frame->low = ++counter_;
    open_.push_back(frame);
    path_.push_back({frame, 0});
  }

  void follow(Frame *frame, Frame *callee) {
    if (!callee->on_stack || callee->run != frame->run || callee->state == Frame::State::Final)
      return;
    if (callee->index == 0)
      enter(callee);
    else
      frame->low = std::min(frame->low, callee->index);
  }

  void leave() {
    Frame *done = path_.back().first;
    path_.pop_back();
    if (!path_.empty())
      path_.back().first->low = std::min(path_.back().first->low, done->low);
    if (done->low == done->index)
      take_component(done);
  }

  /// The open frames from `root` on are one component.
  void take_component(Frame *root) {
    GcVector<Frame *> component;
    for (Frame *m = nullptr; m != root;) {
      m = open_.back();
      open_.pop_back();
      m->on_stack = false;
      component.push_back(m);
    }
    found_.push_back(component);
  }

  const GcVector<Frame *> &members_;
  uint32_t counter_ = 0;
  GcVector<GcVector<Frame *>> found_;
  GcVector<Frame *> open_;
  GcVector<std::pair<Frame *, size_t>> path_; // with the callee to look at next
};

/// Solves `members` from nothing. False when a callee turned up that must be solved first: it is then in some
/// member's `pending`.
bool solve_canonically(Session &session, GcVector<Frame *> &members) {
  sort_canonically(members);
  for (Frame *frame : members)
    reset_frame(session, *frame); // callers stay: those outside wait for the result
  for (bool again = true; again;) {
    again = false;
    for (Frame *frame : members) {
      if (!frame->has_work)
        continue;
      run_frame(session, *frame);
      for (Frame *callee : frame->pending)
        if (callee->state == Frame::State::New)
          return false;
      again = true;
    }
  }
  return true;
}

/// What must be solved before `members` can be.
GcVector<Frame *> new_callees(const GcVector<Frame *> &members) {
  GcVector<Frame *> wanted;
  for (Frame *frame : members)
    for (Frame *callee : frame->pending)
      if (callee->state == Frame::State::New)
        wanted.push_back(callee);
  return wanted;
}

void finish_component(Session &session, GcVector<Frame *> &members) {
  uint32_t component = next_component();
  for (Frame *frame : members) {
    frame->component = component;
    frame->on_stack = false;
  }
  finalize_component(session, members);
}

/// Members solved together may have come apart: then each part is solved on its own, callees first.
void close_component(Session &session, GcVector<Frame *> members) {
  GcVector<GcVector<Frame *>> parts = Components(members).run();
  if (parts.size() == 1)
    return finish_component(session, members);
  for (GcVector<Frame *> &part : parts) {
    while (!solve_canonically(session, part)) {
      for (Frame *callee : new_callees(part))
        solve(session, callee);
    }
    finish_component(session, part);
  }
}

class Solver {
public:
  explicit Solver(Session &session) : session_(session) {}

  void run(Frame *root) {
    push(root);
    while (!session_.stack.empty()) {
      Frame *frame = session_.stack.back();
      if (frame->has_work)
        run_frame(session_, *frame);
      if (Frame *callee = take_pending(*frame)) {
        push(callee);
        continue;
      }
      if (frame->has_work)
        continue;
      session_.stack.pop_back();
      if (!complete(frame))
        session_.stack.push_back(frame);
    }
  }

private:
  void push(Frame *frame) {
    frame->state = Frame::State::Active;
    frame->session = &session_;
    frame->run = session_.run;
    frame->index = frame->low = session_.next_index++;
    frame->on_stack = true;
    reset_frame(session_, *frame);
    session_.open.push_back(frame);
    session_.stack.push_back(frame);
  }

  static Frame *take_pending(Frame &frame) {
    while (!frame.pending.empty()) {
      Frame *callee = frame.pending.back();
      frame.pending.pop_back();
      if (callee->state == Frame::State::New)
        return callee;
    }
    return nullptr;
  }

  /// Position in the open list from which frames belong to `frame` or depend on it.
  size_t open_position(Frame *frame) const {
    size_t i = session_.open.size();
    while (session_.open[i - 1] != frame)
      i--;
    return i - 1;
  }

  /// Does no frame of the open list from `first`, where `frame` stands, call one below it?
  bool is_root(Frame *frame, size_t first) const {
    for (size_t i = first; i < session_.open.size(); i++)
      for (Frame *callee : session_.open[i]->callees)
        if (callee->on_stack && callee->run == frame->run && callee->session == &session_)
          frame->low = std::min(frame->low, callee->low);
    return frame->low == frame->index;
  }

  /// `frame` and all above it have nothing to do. False when solving them again asks for new callees first.
  bool complete(Frame *frame) {
    size_t first = open_position(frame);
    if (!is_root(frame, first))
      return true;
    GcVector<Frame *> members(session_.open.begin() + long(first), session_.open.end());
    if (members.size() > 1 || calls_itself(frame)) {
      if (!solve_canonically(session_, members)) {
        frame->pending = new_callees(members);
        return false;
      }
      // Results that became known only now may have led to calls of frames further below.
      if (!is_root(frame, first))
        return true;
    }
    session_.open.resize(first);
    close_component(session_, members);
    // Whoever waits for them looks again.
    for (Frame *member : members)
      for (Frame::Caller &caller : member->callers)
        if (caller.frame->state == Frame::State::Active)
          mark_dirty(*caller.frame, caller.inst);
    return true;
  }

  Session &session_;
};

} // namespace

bool is_bare(const CodeInstance *code) {
  return code->is_inferred && !code->inferred && !code->made && (!code->def->def || !code->def->def->builtin);
}

Frame *frame_of(const CodeInstance *code) {
  const TypedIR *typed = code->inferred;
  return typed ? static_cast<Frame *>(typed->inference) : nullptr;
}

CodeInstance *installed_code(MethodInstance *instance, uint64_t world) {
  return find_code_instance(instance, world, [](const CodeInstance *code) { return code->is_inferred; });
}

/// What find_methods answered in `world`. As long as no method is added, sessions share it.
static Session::MatchMap *matches_of(uint64_t world) {
  static Session::MatchMap *shared = nullptr; // under inference's lock, like what is in it
  static uint64_t shared_world = 0;
  if (world != current_world())
    return gc_new<Session::MatchMap>();
  if (shared_world != world)
    shared = gc_new<Session::MatchMap>();
  shared_world = world;
  return shared;
}

Session *new_session(Task *task, uint64_t world) {
  auto *session = gc_new<Session>();
  session->task = task;
  session->world = world;
  session->by_instance = gc_new<Session::FrameMap>();
  session->matches = matches_of(world);
  session->return_type_function = global_value(modules::Core, Symbol::intern("_return_type"));
  return session;
}

Frame *generic_frame(Session &session, MethodInstance *instance) {
  if (auto it = session.by_instance->find(instance); it != session.by_instance->end())
    return it->second;
  Frame *frame = nullptr;
  CodeInstance *code = instance == session.listed ? nullptr : installed_code(instance, session.world);
  if (code && !is_bare(code)) {
    frame = frame_of(code);
    if (!frame)
      frame = opaque_frame(instance, code,
                           code->rettype_const ? lat_const(code->rettype_const) : lat_type(code->rettype));
  } else if (instance->def && instance->def->builtin) {
    frame = opaque_frame(instance, nullptr, any());
  } else if (CodeInfo *source = source_of(session.task, instance)) {
    frame = gc_new<Frame>();
    frame->instance = instance;
    frame->generic = frame;
    frame->source = source;
    frame->given = generic_arguments(instance, *source);
    frame->result = bottom();
    frame->bare = code;
  } else {
    frame = opaque_frame(instance, nullptr, any());
  }
  session.by_instance->emplace(instance, frame);
  return frame;
}

static bool same_arguments(const GcVector<Lat> &a, const GcVector<Lat> &b) {
  for (size_t i = 0; i < a.size(); i++)
    if (!same(a[i], b[i]))
      return false;
  return a.size() == b.size();
}

Frame *variant_frame(Session &session, Frame *generic, GcVector<Lat> given, int depth) {
  for (Frame *known : generic->variants) {
    bool usable = known->state == Frame::State::Final ? holds_in(known->code, session.world)
                                                      : known->session == &session;
    if (usable && known->depth == depth && same_arguments(known->given, given))
      return known;
  }
  auto *frame = gc_new<Frame>();
  frame->instance = generic->instance;
  frame->generic = generic;
  frame->source = generic->source;
  frame->given = std::move(given);
  frame->depth = depth;
  frame->result = bottom();
  frame->session = &session;
  generic->variants.push_back(frame);
  return frame;
}

bool in_same_component(const Frame &caller, const Frame &callee) {
  if (caller.generic == callee.generic)
    return true;
  if (callee.state != Frame::State::Final && caller.state != Frame::State::Final)
    return true;
  return (caller.component && caller.component == callee.component) ||
         (caller.generic->component && caller.generic->component == callee.generic->component);
}

bool require(Session &session, Frame &caller, uint32_t inst, Frame *callee) {
  if (std::find(caller.callees.begin(), caller.callees.end(), callee) == caller.callees.end())
    caller.callees.push_back(callee);
  if (callee->state == Frame::State::Final) {
    if (callee->code)
      limit_worlds(caller, callee->code->min_world.load(), callee->code->max_world.load());
    if (callee->is_variant())
      for (const Edge &edge : callee->edges)
        add_edge(caller, edge);
    return true;
  }
  if (callee->state == Frame::State::Active && (callee->session != &session || callee->run != caller.run))
    return false;
  bool known = false;
  for (const Frame::Caller &c : callee->callers)
    known |= c.frame == &caller && c.inst == inst;
  if (!known)
    callee->callers.push_back({&caller, inst});
  if (callee->state == Frame::State::New &&
      std::find(caller.pending.begin(), caller.pending.end(), callee) == caller.pending.end())
    caller.pending.push_back(callee);
  return true;
}

void solve(Session &session, Frame *root) {
  if (root->state != Frame::State::New)
    return;
  GcVector<Frame *> stack = std::move(session.stack), open = std::move(session.open);
  uint32_t run = session.run;
  session.stack.clear();
  session.open.clear();
  session.run = run + 1;
  Solver(session).run(root);
  session.stack = std::move(stack);
  session.open = std::move(open);
  session.run = run;
}

} // namespace jl::inference
