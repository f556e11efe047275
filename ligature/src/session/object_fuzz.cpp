// SPDX-License-Identifier: MIT
// A fuzzer's input is a list of damages to a good object, three bytes each: linking it may fail, and never
// crashes.
#include "session/damaged_objects.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static ligature::toy::DamagedObjects objects;
  std::vector<ligature::toy::DamagedObjects::Damage> damages;
  for (size_t i = 0; i + 3 <= size && damages.size() < 64; i += 3)
    damages.push_back({size_t{data[i]} << 8 | data[i + 1], data[i + 2]});
  objects.link(damages);
  return 0;
}
