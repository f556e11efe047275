// SPDX-License-Identifier: MIT
// The special invoke functions: how a call enters code that has no wrapper of its own.
//
// Entry::invoke is either a wrapper generated for the one function or one of these: for boxed code, a
// constant, the interpreter, code that is still to be compiled (docs/publication.md). policy.cpp decides
// which an entry gets.
#pragma once

#include "jl/runtime/task.h"
#include "ligature/entries.h"

namespace jl {

/// The shims, in the form in which the linking library wants them.
const ligature::InvokeAddresses &invoke_addresses();

} // namespace jl
