// SPDX-License-Identifier: MIT
// Any bytes are a flat unit that can be bound, or an error.
#include "flat/place_flat.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  using namespace ligature;
  static const std::unique_ptr<Slabs> slabs = std::move(*Slabs::create({64 << 20, nullptr}));
  constexpr size_t kPointers = 8;
  FlatUnit unit;
  if (!read_flat(unit, {reinterpret_cast<const std::byte *>(data), size}, kPointers))
    return 0;
  for (uint32_t here : {FlatDefinition::kNone, 0u}) {
    std::vector<FlatTarget> targets(unit.externals.size(), {nullptr, here});
    (void)place_flat(unit, targets, *slabs);
  }
  return 0;
}
