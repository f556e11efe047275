// SPDX-License-Identifier: MIT
// Names interpreted activations in backtraces.
#pragma once

namespace jl {

void install_interpreted_frame_resolver();

} // namespace jl
