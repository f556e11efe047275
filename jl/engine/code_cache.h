// SPDX-License-Identifier: MIT
// The cache that this process's code comes from and goes to (ligature/cache.h), opened when it is first needed.
#pragma once

#include <memory>

#include "ligature/cache.h"

namespace jl {

/// Null when the options say that there is none. What is waiting to be written when the process ends is given a short
/// while. Any thread.
std::shared_ptr<ligature::Cache> code_cache();

} // namespace jl
