// SPDX-License-Identifier: MIT
#include "cache/entry.h"

#include "cache/hash_avx2.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>

namespace ligature::cache {

static_assert(std::endian::native == std::endian::little);

namespace {

constexpr char kMagic[4] = {'L', 'I', 'G', 'C'};
constexpr size_t kCheckAt = 104;

struct RawHeader {
  char magic[4];
  uint16_t schema;
  uint8_t space_length, zero8;
  char space[kMostSpaceBytes];
  uint8_t key[32];
  uint32_t length, cost_us, written, zero32;
  uint64_t value_hash, zero64, check;
};
static_assert(sizeof(RawHeader) == kHeaderBytes && offsetof(RawHeader, check) == kCheckAt);

} // namespace

std::optional<Place> Place::of(std::string_view space, const CacheKey &key) {
  if (space.size() > kMostSpaceBytes)
    return std::nullopt;
  Place place;
  std::ranges::copy(space, place.space.begin());
  place.space_length = uint8_t(space.size());
  place.key = key;
  return place;
}

PlaceHash hash_of(const Place &place) {
  unsigned char bytes[kMostSpaceBytes + 1 + 32];
  std::memcpy(bytes, place.space.data(), kMostSpaceBytes);
  bytes[kMostSpaceBytes] = place.space_length;
  std::memcpy(bytes + kMostSpaceBytes + 1, place.key.data(), 32);
  XXH128_hash_t hash = XXH3_128bits(bytes, sizeof bytes);
  return {hash.low64, hash.high64};
}

uint64_t hash_bytes(std::span<const std::byte> bytes) {
  constexpr size_t kWide = 512; // shorter ones are no quicker
  if (bytes.size() >= kWide && __builtin_cpu_supports("avx2"))
    return ligature_cache_hash_avx2(bytes.data(), bytes.size());
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::vector<std::byte> encode_entry(const Place &place, std::span<const std::byte> value, uint32_t cost_us,
                                    uint32_t now) {
  RawHeader raw{};
  std::memcpy(raw.magic, kMagic, sizeof kMagic);
  raw.schema = kSchema;
  raw.space_length = place.space_length;
  std::memcpy(raw.space, place.space.data(), kMostSpaceBytes);
  std::memcpy(raw.key, place.key.data(), 32);
  raw.length = uint32_t(value.size());
  raw.cost_us = cost_us;
  raw.written = now;
  raw.value_hash = hash_bytes(value);
  raw.check = XXH3_64bits(&raw, kCheckAt);
  std::vector<std::byte> entry(kHeaderBytes + value.size());
  std::memcpy(entry.data(), &raw, kHeaderBytes);
  if (!value.empty())
    std::memcpy(entry.data() + kHeaderBytes, value.data(), value.size());
  return entry;
}

std::optional<Header> decode_header(std::span<const std::byte> bytes) {
  RawHeader raw;
  if (bytes.size() < kHeaderBytes)
    return std::nullopt;
  std::memcpy(&raw, bytes.data(), kHeaderBytes);
  if (raw.check != XXH3_64bits(&raw, kCheckAt) || std::memcmp(raw.magic, kMagic, sizeof kMagic) != 0 ||
      raw.schema != kSchema || raw.space_length > kMostSpaceBytes || raw.length > kMostValueBytes)
    return std::nullopt;
  Header header;
  std::memcpy(header.place.space.data(), raw.space, kMostSpaceBytes);
  header.place.space_length = raw.space_length;
  std::memcpy(header.place.key.data(), raw.key, 32);
  header.length = raw.length;
  header.cost_us = raw.cost_us;
  header.written = raw.written;
  header.value_hash = raw.value_hash;
  return header;
}

std::optional<std::span<const std::byte>> checked_value(std::span<const std::byte> entry, Header &header) {
  std::optional<Header> found = decode_header(entry);
  if (!found || entry.size() != kHeaderBytes + found->length)
    return std::nullopt;
  std::span<const std::byte> value = entry.subspan(kHeaderBytes);
  if (hash_bytes(value) != found->value_hash)
    return std::nullopt;
  header = *found;
  return value;
}

uint32_t now_minutes() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return saturated(uint64_t(std::max<int64_t>(0, std::chrono::floor<std::chrono::minutes>(since).count())));
}

uint32_t saturated(uint64_t value) {
  return uint32_t(std::min<uint64_t>(value, UINT32_MAX));
}

} // namespace ligature::cache
