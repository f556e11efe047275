// SPDX-License-Identifier: MIT
// Code instances that a program makes by itself: Core.CodeInstance(...).
//
// Such code belongs to whoever made it. Dispatch never finds it; invoke(f, code, args...) runs exactly it,
// once it has been given a body (jl_add_codeinsts_to_jit in jl/engine). It ends like any other code when what
// its edges name changes.
#pragma once

#include "jl/runtime/method.h"

namespace jl {

/// What the constructor was told besides what every CodeInstance has.
struct MadeCode {
  Value *owner;
  Value *exctype;
  Value *inferred;
  Value *analysis_results;
  Value *debuginfo;
  SimpleVector
      *edges; // CodeInstances and MethodInstances that it calls or has inlined; other things say nothing here
  bool is_inserted = false;
};

/// Puts `code` among what its instance holds for others than dispatch, and has it end with what it relies on.
/// Once.
void insert_made_code(CodeInstance *code);

} // namespace jl
