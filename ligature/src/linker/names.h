// SPDX-License-Identifier: MIT
//
// Session-unique names: what people see of a function in backtraces, debuggers and dumps. The counters live
// in the session and never reach a unit, whose names mean nothing outside it.
#pragma once

#include <array>
#include <atomic>
#include <string>
#include <string_view>

namespace ligature {

class SessionNames {
public:
  /// "foo" -> "foo#1", then "foo#2", ... Any thread.
  std::string unique(std::string_view base) {
    std::string name;
    name.reserve(base.size() + 4);
    name.append(base).append("#").append(std::to_string(next(base)));
    return name;
  }

private:
  /// Names may share a counter: then their numbers have gaps, and no name is twice there.
  unsigned next(std::string_view base) {
    size_t counter = std::hash<std::string_view>()(base) % kCounters;
    return counters_[counter].fetch_add(1, std::memory_order_relaxed) + 1;
  }

  static constexpr size_t kCounters = 4096; // few enough to stay in the processor's caches
  std::array<std::atomic<unsigned>, kCounters> counters_{};
};

} // namespace ligature
