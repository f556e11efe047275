// SPDX-License-Identifier: MIT
// How much memory there is to be had. Who reserves large stretches (the collector's heap, the session's code)
// asks here first, so that under `ulimit -v` each takes its part and none takes all.
#pragma once

#include <cstddef>

namespace jl {

/// The machine's.
size_t physical_memory();
/// What a limit on the process's addresses still allows; SIZE_MAX without one.
size_t address_space_left();

} // namespace jl
