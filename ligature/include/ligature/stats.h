// SPDX-License-Identifier: MIT
//
// Counters of a linker and of the sessions over it, for programs (fields) and for people (as JSON). Listed
// once, in stats.def.
#pragma once

#include "ligature/version.h"

#include <atomic>
#include <cstdint>
#include <string>

namespace ligature {

struct LIGATURE_API Stats {
#define COUNTER(name, meaning) std::atomic<uint64_t> name{0};
#include "ligature/stats.def"
#undef COUNTER

  double compile_ms() const { return static_cast<double>(compile_us.load()) / 1000; }
  double link_ms() const { return static_cast<double>(link_us.load()) / 1000; }
  /// Units that needed no compiling: found as objects or in their flat form.
  uint64_t units_found() const { return cache_hits + flat_binds; }
  /// `{"units_added":3,...}`, in the order of stats.def.
  std::string json() const;
};

} // namespace ligature
