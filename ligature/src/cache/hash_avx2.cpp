// SPDX-License-Identifier: MIT
// Compiled for processors with AVX2 (CMakeLists.txt): nothing but C in here, or the linker could take this
// file's copy of an inline function for the others'.
#define XXH_INLINE_ALL
#define XXH_VECTOR XXH_AVX2
#include <xxhash.h>

#include "cache/hash_avx2.h"

uint64_t ligature_cache_hash_avx2(const void *bytes, size_t size) {
  return XXH3_64bits(bytes, size);
}
