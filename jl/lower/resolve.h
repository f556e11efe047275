// SPDX-License-Identifier: MIT
// Between desugaring and linearisation: what every name means, and what closures capture and how.
//
// Works on forms (form.h) in place: resolve.cpp gives names their variables, analyze.cpp finds what is
// assigned when and what has to be boxed. closures.cpp makes code of the result.
#pragma once

#include "jl/lower/form.h"
#include "jl/lower/lower.h"

namespace jl {

struct ResolveContext {
  LowerContext &context;
  FormArena &forms;
  Lambda *prelude; // whose code makes the closures' methods: the thunk itself, or one run before a method's
                   // first use
  GcVector<Lambda *> lambdas = {}; // all functions found, the root first
};

/// Gives each Name its variable, or makes it a Global; finds captures. `root` is a thunk or a method lowered
/// alone.
void resolve_scopes(ResolveContext &context, Lambda *root);

/// Decides which captured variables live in a Box and which reads may find nothing. For one function; its
/// closures separately.
void analyze_variables(Lambda *lambda);

/// Does a local function's own body mean itself by this variable (it is never anything else)?
inline bool is_self_reference(const Variable *variable, const Lambda *lambda) {
  return variable->closure && lambda->closure == variable->closure && variable->assignments == 0;
}

} // namespace jl
