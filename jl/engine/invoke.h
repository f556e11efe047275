// SPDX-License-Identifier: MIT
// The special invoke functions: how a call enters code that has no wrapper of its own.
#pragma once

#include "jl/runtime/task.h"
#include "ligature/entries.h"

namespace jl {

/// The shims, in the form in which the linking library wants them.
const ligature::InvokeAddresses &invoke_addresses();

} // namespace jl
