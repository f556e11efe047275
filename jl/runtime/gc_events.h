// SPDX-License-Identifier: MIT
// When the collector begins and ends a collection: for traces.
//
// Apart from gc.h, which everything includes and this does not concern.
#pragma once

namespace jl {

/// `hook` is called on the thread that collects, with the collector's lock held: it must allocate no
/// collected memory.
void set_collection_hook(void (*hook)(bool begins));

} // namespace jl
