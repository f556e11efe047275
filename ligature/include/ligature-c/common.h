// SPDX-License-Identifier: MIT
//
// What all headers of the C API share: how functions are declared, errors, the version. ligature.h says how
// errors, ownership and threads are dealt with everywhere.
#pragma once

#include "ligature/version.h"

#define LIGATURE_C LIGATURE_API __attribute__((nothrow))

#ifdef __cplusplus
extern "C" {
#endif

/// "0.1.0": of the library that is loaded. LIGATURE_VERSION is that of this header.
LIGATURE_C const char *ligature_version(void);

typedef char *LigatureError;
/// Frees any text that this API returned.
LIGATURE_C void ligature_free(char *text);

#ifdef __cplusplus
}
#endif
