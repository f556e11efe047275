// SPDX-License-Identifier: MIT
#include "jl/content/hash.h"

#include <cstring>

#define OPENSSL_SUPPRESS_DEPRECATED // the newer interface allocates, looks algorithms up by name, and brings
                                    // in all of the library
#include <openssl/sha.h>

namespace jl::content {

Hash sha256(std::span<const uint8_t> bytes) {
  Hash hash;
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

std::string hex(const Hash &hash) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

bool Reader::raw(void *to, size_t n) {
  if (failed || rest.size() < n) {
    failed = true;
    rest = {};
    memset(to, 0, n);
    return false;
  }
  memcpy(to, rest.data(), n);
  rest = rest.subspan(n);
  return true;
}

uint64_t Reader::long_number() {
  uint64_t v = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t b = byte();
    v |= uint64_t(b & 0x7f) << shift;
    if (!(b & 0x80))
      return v;
  }
  failed = true;
  rest = {};
  return 0;
}

size_t Reader::count() {
  uint64_t n = number();
  if (n <= rest.size())
    return n;
  failed = true;
  rest = {};
  return 0;
}

std::span<const uint8_t> Reader::bytes() {
  return bytes(count());
}

std::span<const uint8_t> Reader::bytes(size_t n) {
  if (n > rest.size()) {
    failed = true;
    rest = {};
    n = 0;
  }
  std::span<const uint8_t> taken = rest.first(n);
  rest = rest.subspan(n);
  return taken;
}

} // namespace jl::content
