// SPDX-License-Identifier: MIT
// Transfer functions: what a builtin or intrinsic gives for what is known of its arguments.
//
// Pure functions of the arguments; shared by inference and by the optimiser, which folds again after
// inlining. Calls of generic functions, splatting and globals are in calls.cpp.
#pragma once

#include "jl/infer/effects.h"
#include "jl/infer/lattice.h"
#include "jl/runtime/abi.h"

namespace jl::inference {

/// Of reading a constant whose value is not to be known: a global that may be anything may also be missing.
inline constexpr uint32_t kConstantRead = kEffectFree | kNothrow | kTerminates;
inline constexpr uint32_t kAllEffects = kConsistent | kEffectFree | kNothrow | kTerminates;

struct Transfer {
  Lat lat;
  uint32_t effects = 0;
};

using Lats = std::span<const Lat>;

/// `args` without the callee.
Transfer transfer_builtin(Task *task, Builtin builtin, Lats args);
Transfer transfer_intrinsic(Task *task, Intrinsic intrinsic, Lats args);

// --- Families, called by transfer_builtin ---------------------------------------------------------------
Transfer transfer_getfield(Task *task, Lats args);
Transfer transfer_setfield(Lats args);
Transfer transfer_isdefined(Lats args);
Transfer transfer_fieldtype(Task *task, Lats args);
Transfer transfer_nfields(Lats args);
Transfer transfer_apply_type(Task *task, Lats args);
Transfer transfer_memory(Builtin builtin, Lats args);

/// What `new` of this type with these fields gives: `args` are type and field values.
Transfer transfer_new(Lats args);
Transfer transfer_splat_new(Lats args);

/// 0-based index that `name` (Symbol or Int constant) selects in the concrete type `t`, or -1.
int64_t field_position(DataType *t, Value *name);
/// Is field `i` of every instance of `t` initialised?
bool is_always_defined(DataType *t, size_t i);
/// Element type of a Memory{T} or MemoryRef{T} type, or null.
Value *memory_element(Value *type);

} // namespace jl::inference
