// SPDX-License-Identifier: MIT
// Calls whose callee is a builtin known here: inline where types allow, else the builtin's native body,
// boxed. Everything else that is called goes on to calls.h (dispatch) and intrinsics.h. What a builtin may be
// assumed to return was decided by inference; the code here relies on it.
#pragma once

#include "jl/emit/context.h"
#include "jl/runtime/abi.h"

#include <optional>

namespace jl::emit {

/// A call of `callee` with `args`; `result` is what inference found for it.
Val emit_call(Emitter &e, const Val &callee, llvm::ArrayRef<Val> args, const Ty &result);

} // namespace jl::emit
