// SPDX-License-Identifier: MIT
// Inference of one method instance, and the session that solves many of them together.
//
// A Frame holds the typed IR of an instance while it is being inferred: all its argument types (generic), or
// with constants for some arguments (a variant, made by constant propagation). Frames that call one another
// form components, solved together (cycles.cpp); a frame waits for callees outside its component and sees
// only their final results.
#pragma once

#include <unordered_map>

#include "jl/infer/ssa.h"
#include "jl/infer/transfer.h"
#include "jl/runtime/module.h"

namespace jl::inference {

/// "The result is true only if argument `argument` is below `when_true`", and for false.
struct ResultCondition {
  int32_t argument = -1;
  Lat when_true, when_false;
};

struct Edge {
  enum class Kind : uint8_t { Instance, Lookup, Binding, Word } kind;
  Value *what;              // Word: the instance that was run because the program says it may be
  Module *module = nullptr; // Binding: where which name was looked up to find it
  Symbol name = {};
  bool operator==(const Edge &) const = default;
};

struct Frame {
  enum class State : uint8_t { New, Active, Final };

  MethodInstance *instance = nullptr;
  Frame *generic = nullptr; // itself, or for a variant the frame without constants
  GcVector<Lat> given;      // what is known of the arguments, a vararg as one tuple
  int depth = 0;            // how many variants deep: 0 for a generic frame
  CodeInfo *source = nullptr;
  IR *ir = nullptr;
  SsaMap *map = nullptr; // only for listings
  State state = State::New;

  // Results; estimates growing from Union{} and all effects while Active.
  Lat result;
  uint32_t effects = kAllEffects;
  ResultCondition condition;
  uint64_t min_world = 0, max_world = kWorldMax;
  GcVector<Edge> edges;   // in order of discovery, no duplicates
  uint32_t component = 0; // equal for frames that (transitively) call one another
  CodeInstance *code = nullptr;
  CodeInstance *bare = nullptr; // installed without typed IR, which this frame is to give it
  TypedIR *optimized = nullptr;

  // While Active.
  GcVector<char> dirty;               // by instruction
  GcVector<char> executable;          // by block
  GcVector<GcVector<char>> live_edge; // by block, parallel to its preds
  GcVector<GcVector<uint32_t>> users; // by instruction
  GcVector<GcVector<uint32_t>> slot_users;
  GcVector<uint32_t> order, number; // blocks in reverse postorder, and back
  GcVector<char> queued;            // by position in `order`
  GcVector<char> loop_header;       // by block
  bool has_work = false;
  GcVector<Frame *> pending; // new callees that must be solved first
  GcVector<Frame *> callees; // all frames that this one asked for
  struct Caller {
    Frame *frame;
    uint32_t inst;
  };
  GcVector<Caller> callers;
  uint32_t index = 0, low = 0; // Tarjan's numbers
  bool on_stack = false;
  struct Session *session = nullptr; // that solves it, while Active
  uint32_t run = 0;                  // which call of solve() within the session
  GcVector<Frame *> variants;        // of a generic frame, in order of discovery

  bool is_variant() const { return generic != this; }
};

/// One run of inference for one world. Everything that it learns is in frames; final results are installed as
/// code instances.
struct Session {
  Task *task;
  uint64_t world;
  MethodInstance *listed =
      nullptr; // inferred anew although cached, kept unoptimised with a source map, and not installed
  // Frames of this session that have no cached code yet; only looked up, never iterated.
  using FrameMap = std::unordered_map<MethodInstance *, Frame *, std::hash<MethodInstance *>, std::equal_to<>,
                                      GcAllocator<std::pair<MethodInstance *const, Frame *>>>;
  FrameMap *by_instance = nullptr;
  GcVector<Frame *> stack; // frames being worked on, deepest last
  GcVector<Frame *> open;  // Tarjan's stack
  uint32_t next_index = 1;
  uint32_t run = 0;

  struct Matches {
    bool found = false; // false: too many
    GcVector<MethodMatch> list;
    uint64_t min = 0, max = kWorldMax;
    bool ambiguous = false;
  };
  using MatchMap = std::unordered_map<Value *, Matches *, std::hash<Value *>, std::equal_to<>,
                                      GcAllocator<std::pair<Value *const, Matches *>>>;
  MatchMap *matches = nullptr;           // by signature object; only looked up
  Value *return_type_function = nullptr; // Core._return_type: inference answers it itself
};

Session *new_session(Task *task, uint64_t world);

// --- cycles.cpp -------------------------------------------------------------------------------------------
/// Inferred code of an instance that is valid in `world`, or null.
CodeInstance *installed_code(MethodInstance *instance, uint64_t world);
/// Was it installed with the results of an earlier session's inference, without typed IR? Who wants more
/// infers it again.
bool is_bare(const CodeInstance *code);
/// The frame that the code was made of; null where it has no typed IR.
Frame *frame_of(const CodeInstance *code);
/// The generic frame of an instance: final at once when code for it is cached.
Frame *generic_frame(Session &session, MethodInstance *instance);
/// Makes `root` and everything it needs Final, optimised and (generic frames) installed.
void solve(Session &session, Frame *root);
/// `caller` needs `callee` at instruction `inst`: queues it when new, and has the instruction looked at again
/// when its result changes. False when its estimate may not be used, since another run of the solver is at
/// it.
bool require(Session &session, Frame &caller, uint32_t inst, Frame *callee);
/// A frame for `instance` with these arguments and constants; an equal one that exists already where there is
/// one.
Frame *variant_frame(Session &session, Frame *generic, GcVector<Lat> given, int depth);
/// May `callee` be specialised or inlined at a call in `caller`? Not within one component.
bool in_same_component(const Frame &caller, const Frame &callee);

// --- finalize.cpp ---------------------------------------------------------------------------------------
/// Gives the solved frames of one component code instances with optimised IR and installs them.
void finalize_component(Session &session, std::span<Frame *const> members);
/// `hook` is told of all code that inference has made and installed, callees and members of one component
/// first. Inference's lock is held: it must not infer, nor run program code.
void set_installed_hook(void (*hook)(Task *, CodeInstance *));

// --- frame.cpp --------------------------------------------------------------------------------------------
/// Builds the IR and forgets all estimates.
void reset_frame(Session &session, Frame &frame);
/// Abstract interpretation until nothing changes locally.
void run_frame(Session &session, Frame &frame);
void mark_dirty(Frame &frame, uint32_t inst);
void add_edge(Frame &frame, Edge edge);
void limit_worlds(Frame &frame, uint64_t min, uint64_t max);
/// What the frame's arguments are for this instance, without constants.
GcVector<Lat> generic_arguments(MethodInstance *instance, const CodeInfo &source);

// --- refine.cpp -------------------------------------------------------------------------------------------
/// What is known of the value of a pi.
Lat refine_pi(const IR &ir, const Inst &pi);
/// What the result's being true or false says of an argument.
ResultCondition condition_of_result(const IR &ir, Operand result);

} // namespace jl::inference
