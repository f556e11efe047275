// SPDX-License-Identifier: MIT
// Which processor this is, for keys of machine code, without asking LLVM (which is not loaded where this is
// needed).
#pragma once

#include <string>

namespace jl {

/// Everything that CPUID says of model and features, and which registers the system saves: two machines with
/// equal texts get equal code from LLVM. Made once.
const std::string &machine_description();

} // namespace jl
