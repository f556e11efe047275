// SPDX-License-Identifier: MIT
// getfield, setfield!, isdefined and nfields as builtins: which of their calls are inline, and with what
// checks. Each answers nothing when the call cannot be inline; builtins.h then calls the native body. The
// access itself is aggregates.h's.
#pragma once

#include "jl/emit/context.h"

#include <optional>

namespace jl::emit {

std::optional<Val> emit_getfield(Emitter &e, llvm::ArrayRef<Val> args);
std::optional<Val> emit_setfield(Emitter &e, llvm::ArrayRef<Val> args);
std::optional<Val> emit_isdefined(Emitter &e, llvm::ArrayRef<Val> args);
std::optional<Val> emit_nfields(Emitter &e, llvm::ArrayRef<Val> args);

} // namespace jl::emit
