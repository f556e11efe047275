// SPDX-License-Identifier: MIT
//
// Seals: keyed BLAKE2b, for bytes that come back over ways where others may write (a server, a file that was
// sent). Only who has the secret can make a seal that holds.
#pragma once

#include "cache/entry.h"

namespace ligature::cache {

using Seal = std::array<uint8_t, 32>;

/// A secret of any length as a key; without one, seals are checksums and prove nothing but wholeness.
class SealKey {
public:
  explicit SealKey(std::string_view secret);
  bool is_keyed() const { return keyed_; }
  std::array<uint8_t, 64> bytes{};

private:
  bool keyed_;
};

/// Makes the seal of bytes that are given part by part.
class Sealer {
public:
  /// `purpose` keeps seals for one thing from holding for another.
  Sealer(const SealKey &key, std::string_view purpose);
  ~Sealer();
  Sealer(const Sealer &) = delete;
  Sealer &operator=(const Sealer &) = delete;
  void add(std::span<const std::byte> bytes);
  Seal finish();

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Takes the same time wherever they differ.
bool same_seal(const Seal &a, const Seal &b);

// A value as it lies on a server, little-endian:
//   0 u32 "LIGR" | 4 u16 schema | 6 u16 0 | 8 u32 cost, microseconds | 12 u32 length | 16 seal | 48 value
// The seal covers the place, bytes 0-15 and the value.
constexpr size_t kSealedHeaderBytes = 48;

struct RemoteValue {
  std::vector<std::byte> bytes;
  uint32_t cost_us = 0;
};
std::string seal_value(const SealKey &key, const Place &place, std::span<const std::byte> value,
                       uint32_t cost_us);
/// Nothing unless it was sealed with this key, for this place.
std::optional<RemoteValue> open_sealed(const SealKey &key, const Place &place, std::string_view sealed);

} // namespace ligature::cache
