// SPDX-License-Identifier: MIT
#include "cache/seal.h"

#include <blake2.h>

#include <cstring>

namespace ligature::cache {

namespace {
struct Sealed {
  char magic[4] = {'L', 'I', 'G', 'R'};
  uint16_t schema = kSchema, zero = 0;
  uint32_t cost_us = 0, length = 0;
};
static_assert(sizeof(Sealed) + sizeof(Seal) == kSealedHeaderBytes);

Seal seal_of(const SealKey &key, const Place &place, const Sealed &header, std::span<const std::byte> value) {
  Sealer sealer(key, "ligature cache: remote value");
  sealer.add(std::as_bytes(std::span(place.space)));
  sealer.add(std::as_bytes(std::span(&place.space_length, 1)));
  sealer.add(std::as_bytes(std::span(place.key)));
  sealer.add(std::as_bytes(std::span(&header, 1)));
  sealer.add(value);
  return sealer.finish();
}
} // namespace

struct Sealer::State {
  blake2b_state blake;
};

SealKey::SealKey(std::string_view secret) : keyed_(!secret.empty()) {
  if (keyed_)
    blake2b(bytes.data(), secret.data(), "ligature cache key", bytes.size(), secret.size(), 18);
}

Sealer::Sealer(const SealKey &key, std::string_view purpose) : state_(std::make_unique<State>()) {
  if (key.is_keyed())
    blake2b_init_key(&state_->blake, sizeof(Seal), key.bytes.data(), key.bytes.size());
  else
    blake2b_init(&state_->blake, sizeof(Seal));
  uint64_t length = purpose.size();
  add(std::as_bytes(std::span(&length, 1)));
  add(std::as_bytes(std::span(purpose)));
}

Sealer::~Sealer() = default;

void Sealer::add(std::span<const std::byte> bytes) {
  if (!bytes.empty())
    blake2b_update(&state_->blake, reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
}

Seal Sealer::finish() {
  Seal seal;
  blake2b_final(&state_->blake, seal.data(), seal.size());
  return seal;
}

bool same_seal(const Seal &a, const Seal &b) {
  unsigned difference = 0;
  for (size_t i = 0; i < a.size(); ++i)
    difference |= unsigned(a[i] ^ b[i]);
  return difference == 0;
}

std::string seal_value(const SealKey &key, const Place &place, std::span<const std::byte> value,
                       uint32_t cost_us) {
  Sealed header;
  header.cost_us = cost_us;
  header.length = uint32_t(value.size());
  Seal seal = seal_of(key, place, header, value);
  std::string sealed(kSealedHeaderBytes + value.size(), '\0');
  std::memcpy(sealed.data(), &header, sizeof header);
  std::memcpy(sealed.data() + sizeof header, seal.data(), seal.size());
  if (!value.empty())
    std::memcpy(sealed.data() + kSealedHeaderBytes, value.data(), value.size());
  return sealed;
}

std::optional<RemoteValue> open_sealed(const SealKey &key, const Place &place, std::string_view sealed) {
  Sealed header, expected;
  Seal seal;
  if (sealed.size() < kSealedHeaderBytes)
    return std::nullopt;
  std::memcpy(&header, sealed.data(), sizeof header);
  std::memcpy(seal.data(), sealed.data() + sizeof header, seal.size());
  std::span<const std::byte> value = std::as_bytes(std::span(sealed)).subspan(kSealedHeaderBytes);
  if (std::memcmp(header.magic, expected.magic, 4) != 0 || header.schema != kSchema ||
      header.length != value.size() || !same_seal(seal, seal_of(key, place, header, value)))
    return std::nullopt;
  return RemoteValue{{value.begin(), value.end()}, header.cost_us};
}

} // namespace ligature::cache
