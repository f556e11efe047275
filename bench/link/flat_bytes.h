// SPDX-License-Identifier: MIT
//
// A flat unit and its link info as one string, the way a cache would keep them: length of the link info, then
// both.
#pragma once

#include "ligature/session.h"

#include <cstring>
#include <string>

namespace bench {

inline std::string pack_flat(const ligature::KeptUnit &unit) {
  auto append = [](std::string &to, std::span<const std::byte> bytes) {
    to.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  };
  std::vector<std::byte> info = ligature::write_link_info(unit.link_info).bytes;
  uint64_t size = info.size();
  std::string packed(reinterpret_cast<const char *>(&size), sizeof size);
  append(packed, info);
  append(packed, unit.flat);
  return packed;
}

struct FlatBytes {
  std::span<const std::byte> info, flat;
  explicit FlatBytes(const std::string &packed) {
    uint64_t size;
    std::memcpy(&size, packed.data(), sizeof size);
    auto bytes = std::as_bytes(std::span(packed)).subspan(sizeof size);
    info = bytes.first(size);
    flat = bytes.subspan(size);
  }
};

/// What the benchmark's functions call.
int64_t bench_runtime(int64_t x);

} // namespace bench
