// SPDX-License-Identifier: MIT
// Being told when an object cannot be reached any more.
//
// For what an object holds outside of collected memory. The language's own `finalizer` is not built on this:
// an action here runs in the middle of any allocation, on any thread, and may do no more than note what is to
// be done.
#pragma once

#include "jl/runtime/value.h"

namespace jl {

using UnreachableAction = void (*)(void *data);

/// Calls action(data) once, some time after `object` became unreachable. One action an object; null takes it
/// back.
void on_unreachable(Value *object, UnreachableAction action, void *data);

/// The same for memory without a tag, from gc_new or gc_alloc_scanned.
void on_block_unreachable(void *block, UnreachableAction action, void *data);

} // namespace jl
