// SPDX-License-Identifier: MIT
// `new` with the elements of a tuple as fields, where their number or types are only known at run time.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

Val emit_splat_new_boxed(Emitter &e, const Val &type, const Val &tuple);

} // namespace jl::emit
