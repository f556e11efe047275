// SPDX-License-Identifier: MIT
//
// Forced into every file of an AddressSanitizer build. LLVM's arena allocator poisons fresh memory in code
// that is compiled here and unpoisons it piece by piece; but Debian's LLVM libraries take pieces of the
// same arenas without unpoisoning them, so every use of theirs would be reported.
#pragma once
#ifdef __cplusplus
#include <sanitizer/asan_interface.h>
#define __asan_poison_memory_region(address, size) ((void)(address), (void)(size))
#endif
