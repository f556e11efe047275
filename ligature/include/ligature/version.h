// SPDX-License-Identifier: MIT
//
// Which version of the library a client was compiled against, as macros for C and C++ alike; the build takes
// its own version from here. `ligature_version()` of the C API and `ligature::version()` say which one is
// loaded. Until 1.0 a new minor version may change the API and has another SONAME.
#pragma once

#define LIGATURE_VERSION_MAJOR 0
#define LIGATURE_VERSION_MINOR 1
#define LIGATURE_VERSION_PATCH 0
// One number that grows from version to version.
#define LIGATURE_VERSION                                                                                     \
  (LIGATURE_VERSION_MAJOR * 10000 + LIGATURE_VERSION_MINOR * 100 + LIGATURE_VERSION_PATCH)

// What the shared library shows to its clients; everything else is hidden.
#define LIGATURE_API __attribute__((visibility("default")))

#ifdef __cplusplus
namespace ligature {
/// "0.1.0": of the library that is loaded. Valid for ever.
LIGATURE_API const char *version();
} // namespace ligature
#endif
