// SPDX-License-Identifier: MIT
// SHA-256, and the bytes that go into it: how this folder says what a thing is.
//
// Everything that is told apart by content here is first written down as bytes (Writer), and its hash is that
// of the bytes. The same bytes can be read back (Reader). Numbers are little-endian; lengths are LEB128.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "jl/runtime/gc.h"

namespace jl::content {

using Hash = std::array<uint8_t, 32>;

Hash sha256(std::span<const uint8_t> bytes);
std::string hex(const Hash &hash);

/// For tables: any 8 bytes of a hash are as good as any others.
struct HashOfHash {
  size_t operator()(const Hash &hash) const {
    size_t word;
    __builtin_memcpy(&word, hash.data(), sizeof word);
    return word;
  }
};

/// For tables whose keys are bytes.
inline std::string_view text_of(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// In collected memory, so that a Julia exception may jump over it.
using Bytes = GcVector<uint8_t>;

/// Appends to `out`.
struct Writer {
  Bytes &out;

  void byte(uint8_t v) { out.push_back(v); }
  void raw(const void *bytes, size_t n) {
    auto *p = static_cast<const uint8_t *>(bytes);
    out.insert(out.end(), p, p + n);
  }
  void number(uint64_t v) {
    for (; v >= 0x80; v >>= 7)
      byte(uint8_t(v) | 0x80);
    byte(uint8_t(v));
  }
  /// Also negative ones in few bytes.
  void integer(int64_t v) { number(uint64_t(v) << 1 ^ uint64_t(v >> 63)); }
  void text(std::string_view text) {
    number(text.size());
    raw(text.data(), text.size());
  }
  void name(Symbol name) { text(name ? name.text() : std::string_view()); }
  void hash(const Hash &hash) { raw(hash.data(), hash.size()); }
  void bytes(std::span<const uint8_t> bytes) {
    number(bytes.size());
    raw(bytes.data(), bytes.size());
  }
};

/// Reads what a Writer wrote. Past the end, or at anything that cannot be, it gives zeros and empties and
/// `failed` holds for good; whoever reads asks at the end.
struct Reader {
  std::span<const uint8_t> rest;
  bool failed = false;

  uint8_t byte() {
    uint8_t v = 0;
    raw(&v, 1);
    return v;
  }
  bool raw(void *to, size_t n);
  uint64_t number() {
    if (rest.empty() || rest[0] >= 0x80) [[unlikely]]
      return long_number();
    uint8_t v = rest[0]; // most are short
    rest = rest.subspan(1);
    return v;
  }
  uint64_t long_number();
  int64_t integer() {
    uint64_t v = number();
    return int64_t(v >> 1) ^ -int64_t(v & 1);
  }
  /// A number of things that take a byte each at least.
  size_t count();
  /// Points into what is read.
  std::span<const uint8_t> bytes();
  std::span<const uint8_t> bytes(size_t n);
  std::string_view text() { return text_of(bytes()); }
  Hash hash() {
    Hash h{};
    raw(h.data(), h.size());
    return h;
  }
  bool at_end() const { return rest.empty() && !failed; }
};

} // namespace jl::content
