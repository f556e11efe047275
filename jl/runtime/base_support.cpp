// SPDX-License-Identifier: MIT
// C functions that jl/base needs and nothing else does.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "jl/runtime/value.h"

namespace {

uint64_t rotate_left(uint64_t x, int n) {
  return x << n | x >> (64 - n);
}

uint64_t avalanche(uint64_t x) {
  x = (x ^ x >> 33) * 0xff51afd7ed558ccd;
  x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53;
  return x ^ x >> 33;
}

constexpr uint64_t kFirst = 0x87c37b91114253d5, kSecond = 0x4cf5ad432745937f;

uint64_t scramble(uint64_t k, uint64_t a, uint64_t b, int shift) {
  return rotate_left(k * a, shift) * b;
}

/// Little-endian number of the `n` (at most 8) bytes at `p`.
uint64_t load(const uint8_t *p, size_t n) {
  uint64_t word = 0;
  memcpy(&word, p, n);
  return word;
}

} // namespace

/// Upper half of MurmurHash3_x64_128 (Austin Appleby's, in the public domain): strings' and symbols' hashes.
extern "C" uint64_t jl_murmur_hash(const uint8_t *p, size_t n, uint32_t seed) {
  uint64_t a = seed, b = seed;
  size_t blocks = n / 16;
  for (size_t i = 0; i < blocks; i++) {
    a ^= scramble(load(p + 16 * i, 8), kFirst, kSecond, 31);
    a = (rotate_left(a, 27) + b) * 5 + 0x52dce729;
    b ^= scramble(load(p + 16 * i + 8, 8), kSecond, kFirst, 33);
    b = (rotate_left(b, 31) + a) * 5 + 0x38495ab5;
  }
  const uint8_t *rest = p + 16 * blocks;
  size_t left = n % 16;
  if (left > 8)
    b ^= scramble(load(rest + 8, left - 8), kSecond, kFirst, 33);
  if (left > 0)
    a ^= scramble(load(rest, left < 8 ? left : 8), kFirst, kSecond, 31);
  a ^= n;
  b ^= n;
  a += b;
  b += a;
  a = avalanche(a);
  b = avalanche(b);
  a += b;
  return b + a;
}

/// Sets field `i` (1-based) of an object that is being made, const ones too. `v` has the field's type.
extern "C" void jl_set_field_raw(jl::Value *object, int64_t i, jl::Value *v) {
  const jl::FieldLayout &field = jl::type_of(object)->layout->fields[i - 1];
  char *place = reinterpret_cast<char *>(object) + field.offset;
  if (field.is_pointer)
    memcpy(place, &v, sizeof v);
  else
    memcpy(place, v, field.size);
}
