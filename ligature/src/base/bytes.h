// SPDX-License-Identifier: MIT
//
// Writing and reading of little-endian bytes and LEB128 numbers: what all our formats are made of.
// The reader never reads past its end: it notes the first failure, answers zeros from then on, and the
// caller asks `ok()` once.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

class ByteWriter {
public:
  void u8(uint8_t value) { bytes_.push_back(std::byte{value}); }
  void uleb(uint64_t value);
  /// Zigzag, so that small negative numbers are short as well.
  void sleb(int64_t value);
  /// Length and bytes.
  void text(std::string_view value);
  /// The bytes alone.
  void raw(std::string_view value);
  std::vector<std::byte> take() { return std::move(bytes_); }

private:
  std::vector<std::byte> bytes_;
};

/// For formats of others that are built as text: the integer's own bytes.
template <std::integral Integer> void append_fixed(std::string &out, Integer value) {
  static_assert(std::endian::native == std::endian::little);
  out.append(reinterpret_cast<const char *>(&value), sizeof value);
}

class ByteReader {
public:
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  uint8_t u8() {
    if (ok_ && position_ < bytes_.size()) [[likely]]
      return static_cast<uint8_t>(bytes_[position_++]);
    ok_ = false;
    return 0;
  }
  uint64_t uleb() {
    if (ok_ && position_ < bytes_.size() && static_cast<uint8_t>(bytes_[position_]) < 0x80) [[likely]]
      return static_cast<uint8_t>(bytes_[position_++]); // most numbers are short
    return long_uleb();
  }
  int64_t sleb() {
    uint64_t value = uleb();
    return static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  /// uleb; fails above 32 bits
  uint32_t u32() {
    uint64_t value = uleb();
    if (value > UINT32_MAX)
      ok_ = false;
    return ok_ ? static_cast<uint32_t>(value) : 0;
  }
  /// View into the bytes.
  std::string_view text();
  std::string_view raw(size_t count);
  /// A count of items that take at least one byte each; fails if that many cannot follow.
  size_t count();
  bool ok() const { return ok_; }
  bool at_end() const { return position_ == bytes_.size(); }
  void fail() { ok_ = false; }

private:
  uint64_t long_uleb();

  std::span<const std::byte> bytes_;
  size_t position_ = 0;
  bool ok_ = true;
};

} // namespace ligature
