// SPDX-License-Identifier: MIT
#include "jl/link/machine.h"

#include <cpuid.h>

#include <cstdint>
#include <cstdio>

namespace jl {

namespace {

/// Leaves that describe the model and features; of leaf 1 EBX, which numbers the core that runs this, is left
/// out.
std::string describe() {
  std::string text;
  auto add = [&text](unsigned leaf, unsigned subleaf) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid_count(leaf, subleaf, &a, &b, &c, &d))
      return;
    constexpr unsigned kSavedBySystem = 1u << 27;
    char line[64];
    std::snprintf(line, sizeof line, "%x.%x %x %x %x %x\n", leaf, subleaf, a, leaf == 1 ? 0 : b, c, d);
    text += line;
    if (leaf == 1 && (c & kSavedBySystem)) {
      uint32_t low, high;
      __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
      std::snprintf(line, sizeof line, "saved %x %x\n", low, high);
      text += line;
    }
  };
  for (unsigned leaf : {0u, 1u, 0x14u, 0x19u, 0x80000001u, 0x80000008u})
    add(leaf, 0);
  add(7, 0);
  add(7, 1);
  add(0xd, 1);
  return text;
}

} // namespace

const std::string &machine_description() {
  static const std::string text = describe();
  return text;
}

} // namespace jl
