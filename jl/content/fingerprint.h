// SPDX-License-Identifier: MIT
// What this build of lig was made of. The function is written by cmake (Fingerprint.cmake).
#pragma once

namespace jl::content {

const char *build_fingerprint();
#ifdef LIG_COMPILER_VERSION
inline constexpr const char *kCompilerVersion = LIG_COMPILER_VERSION;
#endif

} // namespace jl::content
