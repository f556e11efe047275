// SPDX-License-Identifier: MIT
//
// XXH3 of many bytes in half the time, on processors that have AVX2. Which ones do is for the caller to find
// out.
#pragma once

#include <stddef.h>
#include <stdint.h>

extern "C" uint64_t ligature_cache_hash_avx2(const void *bytes, size_t size);
