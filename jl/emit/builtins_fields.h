// SPDX-License-Identifier: MIT
// getfield, setfield!, isdefined and nfields as builtins: which of their calls are inline, and with what
// checks.
#pragma once

#include "jl/emit/context.h"

#include <optional>

namespace jl::emit {

std::optional<Val> emit_getfield(Emitter &e, llvm::ArrayRef<Val> args);
std::optional<Val> emit_setfield(Emitter &e, llvm::ArrayRef<Val> args);
std::optional<Val> emit_isdefined(Emitter &e, llvm::ArrayRef<Val> args);
std::optional<Val> emit_nfields(Emitter &e, llvm::ArrayRef<Val> args);

} // namespace jl::emit
