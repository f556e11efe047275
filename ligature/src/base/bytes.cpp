// SPDX-License-Identifier: MIT
#include "base/bytes.h"

namespace ligature {

void ByteWriter::uleb(uint64_t value) {
  while (value >= 0x80) {
    u8(static_cast<uint8_t>(value) | 0x80);
    value >>= 7;
  }
  u8(static_cast<uint8_t>(value));
}

void ByteWriter::sleb(int64_t value) {
  uleb((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
}

void ByteWriter::text(std::string_view value) {
  uleb(value.size());
  raw(value);
}

void ByteWriter::raw(std::string_view value) {
  for (char c : value)
    u8(static_cast<uint8_t>(c));
}

uint64_t ByteReader::long_uleb() {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    uint8_t byte = u8();
    uint64_t bits = byte & 0x7f;
    if (shift == 63 && bits > 1)
      break; // more than 64 bits
    value |= bits << shift;
    if (!(byte & 0x80))
      return ok_ ? value : 0;
  }
  ok_ = false;
  return 0;
}

std::string_view ByteReader::raw(size_t count) {
  if (!ok_ || count > bytes_.size() - position_) {
    ok_ = false;
    return {};
  }
  auto *begin = reinterpret_cast<const char *>(bytes_.data()) + position_;
  position_ += count;
  return {begin, count};
}

std::string_view ByteReader::text() {
  return raw(uleb());
}

size_t ByteReader::count() {
  uint64_t value = uleb();
  if (value > bytes_.size() - position_)
    ok_ = false;
  return ok_ ? value : 0;
}

} // namespace ligature
