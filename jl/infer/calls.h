// SPDX-License-Identifier: MIT
// Inference of calls: which methods may run, what they give, and what to tell the optimiser.
#pragma once

#include "jl/infer/frame.h"

namespace jl::inference {

/// One method that a call may reach.
struct CallTarget {
  MethodInstance *instance = nullptr;
  Frame *frame = nullptr;   // generic
  Frame *variant = nullptr; // with constants, when that paid
  bool covers = false;      // every call of `types` comes here
  GcVector<Value *> types;  // argument types (callee first) of this branch of a union split
  Lat result;
  uint32_t effects = 0;
};

struct CallInfo {
  GcVector<Lat> args; // callee and arguments, splats expanded
  GcVector<CallTarget> targets;
  bool split = false;      // targets are the combinations of a union split, in order
  bool resolved = false;   // one target covers each combination: no dispatch is needed
  Value *folded = nullptr; // the result, computed at compile time
  bool is_apply = false;   // _apply_iterate whose arguments are all known: `args` are the expanded ones
  bool is_invoke = false;
};

struct CallResult {
  Lat lat;
  uint32_t effects = 0;
  CallInfo *info = nullptr;
};

inline constexpr int kMaxMethods = 3;
inline constexpr int kMaxToldMethods = 8; // when testing the arguments' types tells which one it is
inline constexpr int kMaxSplit = 4;
inline constexpr size_t kMaxCallArguments = 256;
inline constexpr size_t kMaxSplatElements = 64;

/// Could dispatch choose this instance for values? Where types are less known than values will be, the call
/// stays with dispatch, which finds code for the values: code for abstract arguments would do everything in
/// it dynamically.
bool suits_values(const MethodInstance *instance);

/// A Call instruction's transfer. args[0] is the callee.
CallResult infer_call(Session &session, Frame &frame, uint32_t inst, Lats args);
/// A generic call, by dispatch. `tail`: element type of further arguments in unknown number, or null.
CallResult infer_generic(Session &session, Frame &frame, uint32_t inst, Lats args, Value *tail);
/// _apply_iterate: args are iterate, f and the collections.
CallResult infer_apply(Session &session, Frame &frame, uint32_t inst, Lats args);
/// Core._return_type(f, Tuple{...}): a constant, once the call it asks about is solved.
CallResult infer_return_type_call(Session &session, Frame &frame, uint32_t inst, Lats args);
CallResult infer_invoke(Session &session, Frame &frame, uint32_t inst, Lats args);

// --- constprop.cpp
// ------------------------------------------------------------------------------------------
/// The value of a call whose arguments are all constants, run now; null when it may not be or throws.
Value *evaluate_call(Session &session, const CallTarget &target, Lats args);
/// Infers `target` again with what is known of the arguments, when it can pay. Updates result, effects and
/// variant.
void propagate_constants(Session &session, Frame &frame, uint32_t inst, CallTarget &target, Lats args);

/// The constant a global has in this session's world, or null. Adds the edges.
Value *constant_global(Session &session, Frame &frame, Module *module, Symbol name);

} // namespace jl::inference
