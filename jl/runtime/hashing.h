// SPDX-License-Identifier: MIT
// Deterministic mixing of 64-bit hashes: the same in every process. Not for keys on disk (those are strong
// hashes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace jl {

/// Order matters: mix_hash(a, b) != mix_hash(b, a).
inline uint64_t mix_hash(uint64_t seed, uint64_t v) {
  uint64_t x = (seed ^ 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9 + v;
  x = (x ^ (x >> 30)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

inline uint64_t hash_bytes(const void *bytes, size_t n) {
  auto *p = static_cast<const char *>(bytes);
  uint64_t h = n;
  for (; n >= 8; p += 8, n -= 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    h = mix_hash(h, word);
  }
  uint64_t rest = 0;
  memcpy(&rest, p, n);
  return n ? mix_hash(h, rest) : h;
}

} // namespace jl
