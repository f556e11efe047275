// SPDX-License-Identifier: MIT
// What can never change in an object that may: fields that are constant, however far in, and how long memory
// is.
//
// Inference and folding may read it from a constant, so wherever such an object is known by its name, this is
// said as well.
#pragma once

#include <optional>

#include "jl/content/describe.h"

namespace jl::content {

/// May there be anything in `v` that never changes, though `v` is mutable?
bool has_fixed_parts(Value *v);
/// The hash of all of it. Nothing when some of it has no content; `why_not` receives the reason then.
std::optional<Hash> fixed_parts_hash(Value *v, const char **why_not = nullptr);
/// Appends a value's description and what is fixed in the objects that it leads to. `describer` writes to
/// `bytes`.
void describe_with_fixed_parts(Describer &describer, Bytes &bytes, Value *v);

} // namespace jl::content
