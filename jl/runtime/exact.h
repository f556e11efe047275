// SPDX-License-Identifier: MIT
// Types and methods found again by exactly what they are made of, for those that read them from somewhere else. No
// parameter is checked: what is asked for existed once.
#pragma once

#include <span>

#include "jl/runtime/value.h"

namespace jl {

/// `name{parameters...}`, found or made.
DataType *exact_type(TypeName *name, std::span<Value *const> parameters);
/// The method with this very signature that is visible in `world`, or null.
Method *exact_method(Value *signature, uint64_t world);

} // namespace jl
