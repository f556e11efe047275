// SPDX-License-Identifier: MIT
//
// One entry as it lies in a file, whatever the store: a header that says everything about it, then the value.
// Whoever reads one gives the place it should be for (namespace and key) and believes nothing else: what is
// shorter, changed in any bit or meant for another place is not an entry. No pointer, count or offset that
// was read from a file is followed before its checksum has been compared.
//
// Entry, little-endian, 112 bytes and the value:
//   0 u32 "LIGC" | 4 u16 schema | 6 u8 length of namespace | 7 u8 0 | 8 namespace, zeros up to 32 bytes
//   40 key, 32 bytes | 72 u32 length of value | 76 u32 cost, microseconds | 80 u32 written, minutes since
//   1970 84 u32 0 | 88 u64 XXH3 of the value | 96 u64 0 | 104 u64 XXH3 of bytes 0-103 | 112 value
#pragma once

#include "ligature/cache.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ligature::cache {

/// Of entries and of all that lies around them; part of the folder's name. Up by one on any change.
constexpr uint16_t kSchema = 1;
constexpr size_t kHeaderBytes = 112;
constexpr size_t kMostSpaceBytes = 32;
constexpr uint32_t kMostValueBytes = uint32_t{1} << 30;

/// Where a value belongs: the namespace, padded, and the key.
struct Place {
  std::array<char, kMostSpaceBytes> space{};
  uint8_t space_length = 0;
  CacheKey key{};

  /// Nothing when `space` is too long.
  static std::optional<Place> of(std::string_view space, const CacheKey &key);
  std::string_view space_name() const { return {space.data(), space_length}; }
  bool operator==(const Place &) const = default;
};

/// 128 bits of XXH3 over a place: `low` finds it in an index, both name its file.
struct PlaceHash {
  uint64_t low, high;
};
PlaceHash hash_of(const Place &place);

/// What a whole header says.
struct Header {
  Place place;
  uint32_t length = 0;
  uint32_t cost_us = 0;
  uint32_t written = 0; ///< minutes since 1970
  uint64_t value_hash = 0;
};

/// Header and value, ready to be written.
std::vector<std::byte> encode_entry(const Place &place, std::span<const std::byte> value, uint32_t cost_us,
                                    uint32_t now);

/// Nothing when the header is not whole.
std::optional<Header> decode_header(std::span<const std::byte> bytes);

/// The value in `entry` if every byte is what was written for any place; its header through `header`.
std::optional<std::span<const std::byte>> checked_value(std::span<const std::byte> entry, Header &header);

uint64_t hash_bytes(std::span<const std::byte> bytes);

/// Minutes since 1970; coarse on purpose. The clock may jump: nothing relies on its order.
uint32_t now_minutes();
uint32_t saturated(uint64_t value);

} // namespace ligature::cache
